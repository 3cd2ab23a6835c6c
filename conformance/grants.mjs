// Proves that the database bootstrap Job gives IAM logins what they need and no more trouble: on a real PostgreSQL set
// up like Cloud SQL (databases owned by cloudsqlsuperuser, an admin that is a member of it and no superuser, IAM logins
// without rights), the Job's own shell command and ConfigMap run twice as the admin; before it a login cannot create a
// table, after it it can, and the second run changes no right. Then Airflow itself migrates its database as such a
// login with the connection string of the manifests. Needs Debian's postgresql (installed if missing) and python3.
// Takes output folders with cdktf.out/ and dist/; without any, it synthesizes the examples.
import { dirname, join, relative, resolve } from 'node:path';
import { postgresBinaries, psqlJobs, runJob, startLikeCloudSql, terraformLogins } from './psql-jobs.mjs';
import {
  check,
  clusterFolders,
  examples,
  filesBelow,
  hasCommand,
  main,
  needDebian,
  notRun,
  podTemplateOf,
  pythonEnvironment,
  readManifests,
  run,
  synthesize,
  temporaryFolder,
} from './support.mjs';

const airflow = '3.3.2';

/** How many databases Airflow has migrated. */
let migrated = 0;

/** Every right that the statements can touch. */
const rightsQuery = `
  SELECT 'database', datname, datacl::text FROM pg_database
  UNION ALL SELECT 'schema', nspname, nspacl::text FROM pg_namespace WHERE nspname = 'public'
  UNION ALL SELECT 'default ' || defaclobjtype::text, defaclrole::regrole::text || ' ' || defaclnamespace::regnamespace::text, defaclacl::text FROM pg_default_acl
  UNION ALL SELECT 'member', roleid::regrole::text, member::regrole::text FROM pg_auth_members
  ORDER BY 1, 2, 3;`;

await main('database rights on a real PostgreSQL', async () => {
  needDebian(['postgresql'], () => postgresBinaries() !== '');
  let tried = 0;
  for (const output of outputs(process.argv.slice(2))) {
    for (const folder of clusterFolders(join(output.folder, 'dist'))) {
      const objects = await readManifests(folder);
      const job = psqlJobs(objects).find(({ name }) => name.startsWith('bootstrap-'));
      if (!job) continue;
      tried += 1;
      const logins = terraformLogins(join(output.folder, 'cdktf.out'));
      await checkJob(`${output.name}: ${job.name}`, postgresBinaries(), job, logins, objects);
    }
  }
  check('there are database bootstrap Jobs to try', tried > 0);
  if (migrated === 0)
    notRun(`Airflow ${airflow}'s own migration`, 'no manifest connects Airflow to a database');
});

/** Folders that hold cdktf.out/ and dist/: an output, or one per environment in it. */
function outputs(named) {
  const out = temporaryFolder('examples');
  const folders =
    named.length > 0
      ? named.map((folder) => resolve(folder))
      : examples().map((example) => {
          synthesize(example, join(out, example));
          return join(out, example);
        });
  return folders.flatMap((folder) => {
    const holders = filesBelow(folder)
      .filter((file) => /(^|\/)dist\/[^/]+\/[^/]+\.k8s\.yaml$/.test(file))
      .map((file) => join(folder, dirname(file), '../..'));
    return [...new Set(holders)].map((holder) => ({
      name: named.length > 0 ? holder : relative(out, holder),
      folder: holder,
    }));
  });
}

async function checkJob(name, binaries, job, terraform, objects) {
  const sql = job.mounts.flatMap(({ data }) => Object.values(data ?? {})).join('\n');
  const granted = [
    ...sql.matchAll(/GRANT [^;]*CONNECT[^;]* ON DATABASE "((?:[^"]|"")+)" TO "((?:[^"]|"")+)"/g),
  ].map(([, database, user]) => ({
    database: database.replaceAll('""', '"'),
    user: user.replaceAll('""', '"'),
  }));
  // Roles that the statements make themselves are tried by the check database-roles.
  const made = [...sql.matchAll(/CREATE ROLE "((?:[^"]|"")+)"/g)].map(([, role]) => role);
  const pairs = granted.filter(({ user }) => !made.includes(user));
  const unique = (values) => [...new Set(values)].sort();
  const users = unique(pairs.map(({ user }) => user));
  const databases = unique(pairs.map(({ database }) => database));
  check(`${name}: ${users.length} logins get rights on ${databases.length} databases`, pairs.length > 0, sql);
  if (pairs.length === 0) return;
  compare(
    `${name}: they are IAM logins that Terraform makes`,
    users.filter((user) => !terraform.iam.includes(user)),
    [],
  );
  compare(
    `${name}: all those databases are made by Terraform`,
    databases.filter((database) => !terraform.databases.includes(database)),
    [],
  );
  const admin = job.env.PGUSER;
  check(
    `${name}: its login ${admin} is a built-in one that Terraform makes`,
    terraform.builtIn.includes(admin),
    terraform.builtIn.join(', '),
  );

  const server = await startLikeCloudSql(binaries, { admin, iam: terraform.iam, databases });
  const { ask, asSuperuser } = server;

  const work = [
    'CREATE TABLE conformance (id serial PRIMARY KEY, value text);',
    "INSERT INTO conformance (value) VALUES ('one'), ('two');",
    'ALTER TABLE conformance ADD COLUMN more int;',
    "CREATE TYPE conformance_kind AS ENUM ('a'); CREATE SCHEMA conformance_schema;",
    'CREATE TEMPORARY TABLE conformance_now AS SELECT * FROM conformance;',
    'SELECT count(*) FROM conformance_now;',
    'DROP SCHEMA conformance_schema; DROP TYPE conformance_kind; DROP TABLE conformance;',
  ].join('\n');
  const allowed = () => pairs.filter(({ user, database }) => ask(user, database, work).status === 0);
  const before = allowed();
  check(
    `${name}: before it runs, none of the logins can create a table`,
    before.length === 0,
    JSON.stringify(before),
  );

  const first = runJob(job, server.port, binaries);
  check(
    `${name}: the Job's command runs as ${admin}, a member of cloudsqlsuperuser`,
    first.status === 0,
    first.said,
  );
  if (first.status !== 0) return;
  const rights = () =>
    [...databases, 'postgres']
      .map((database) => `${database}: ${asSuperuser(database, rightsQuery)}`)
      .join('\n');
  const afterFirst = rights();
  const second = runJob(job, server.port, binaries);
  check(`${name}: it can run again`, second.status === 0, second.said);
  compare(`${name}: the second run changes no right`, rights(), afterFirst);

  const refused = pairs.flatMap(({ user, database }) => {
    const said = ask(user, database, work);
    return said.status === 0 && said.stdout.trim() === '2' ? [] : [`${user} on ${database}: ${said.said}`];
  });
  check(
    `${name}: after it, each login can create, fill, alter and drop tables (${pairs.length} pairs)`,
    refused.length === 0,
    refused.join('\n'),
  );
  migrated += checkAirflow(name, server, objects, asSuperuser);
  await server.stop();
}

function compare(title, found, expected) {
  check(title, JSON.stringify(found) === JSON.stringify(expected), `got ${found}\nexpected ${expected}`);
}

/** Airflow makes its own tables with the connection strings of the manifests; gives how many there are. */
function checkAirflow(name, server, objects, asSuperuser) {
  const urls = objects.flatMap((object) => {
    const spec = podTemplateOf(object)?.spec;
    return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].flatMap((container) =>
      (container.env ?? []).filter((entry) => entry.name === 'AIRFLOW__DATABASE__SQL_ALCHEMY_CONN'),
    );
  });
  const configMaps = objects.filter(({ kind }) => kind === 'ConfigMap');
  const fromMaps = configMaps.flatMap(({ data }) => data?.AIRFLOW__DATABASE__SQL_ALCHEMY_CONN ?? []);
  const connections = [...new Set([...urls.flatMap(({ value }) => value ?? []), ...fromMaps])];
  if (connections.length === 0) return 0;
  if (!hasCommand('python3')) {
    notRun(`${name}: airflow db migrate`, 'python3 is missing');
    return 0;
  }
  const packages = [
    `apache-airflow==${airflow}`,
    'apache-airflow-providers-postgres',
    'psycopg2-binary',
    'asyncpg',
  ];
  const python = pythonEnvironment(`airflow-${airflow}`, packages);
  for (const connection of connections) {
    const url = new URL(connection);
    url.host = `127.0.0.1:${server.port}`;
    const database = decodeURIComponent(url.pathname.slice(1));
    const home = temporaryFolder('airflow');
    const env = {
      PATH: `${join(python, 'bin')}:${process.env.PATH}`,
      HOME: home,
      AIRFLOW_HOME: home,
      AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
      AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: url.href,
    };
    const migrate = run('airflow', ['db', 'migrate'], { env });
    const who = `${decodeURIComponent(url.username)} on ${database}`;
    check(
      `${name}: Airflow ${airflow} migrates its database as ${who}`,
      migrate.status === 0,
      migrate.said.slice(-3000),
    );
    const ready = run('airflow', ['db', 'check-migrations', '--migration-wait-timeout', '10'], { env });
    check(`${name}: and finds every migration there`, ready.status === 0, ready.said.slice(-2000));
    const owners = asSuperuser(
      database,
      "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'conformance'",
    ).trim();
    check(`${name}: its tables belong to that login`, owners === decodeURIComponent(url.username), owners);
  }
  return connections.length;
}
