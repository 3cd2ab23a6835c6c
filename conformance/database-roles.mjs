// Proves on a real PostgreSQL what roles, users and their access mean: who is to read reads every table that a workload
// makes, before and after, and changes none; rights that are taken from the configuration are gone; passwords reach the
// server as verifiers only. The Jobs run as they are in the output, the admin's first and then those that run as the
// workloads. Needs Debian's postgresql (installed if missing).
import { join } from 'node:path';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import {
  anyPassword,
  newestPostgresBinaries,
  postgresBinaries,
  psqlJobs,
  runJob,
  startLikeCloudSql,
  terraformLogins,
} from './psql-jobs.mjs';
import {
  check,
  clusterFolders,
  main,
  must,
  needDebian,
  readManifests,
  root,
  temporaryFolder,
} from './support.mjs';

const platform = join(root, 'conformance/platforms/database-roles.yaml');
const workload = 'roles-meltano-elt@roles-data.iam';
const database = 'dw_production';

/** Every right on what is shared, as text. */
const rightsQuery = `
  SELECT 'schema', nspname, nspacl::text FROM pg_namespace WHERE nspname !~ '^pg_'
  UNION ALL SELECT 'relation', relname, relacl::text FROM pg_class WHERE relnamespace::regnamespace::text !~ '^pg_|^information'
  UNION ALL SELECT 'default ' || defaclobjtype::text, defaclrole::regrole || ' ' || defaclnamespace, defaclacl::text FROM pg_default_acl
  UNION ALL SELECT 'member', roleid::regrole::text, member::regrole::text FROM pg_auth_members
  ORDER BY 1, 2, 3;`;

await main('database roles on a real PostgreSQL', async () => {
  needDebian(['postgresql'], () => postgresBinaries() !== '');
  for (const binaries of [postgresBinaries(), newestPostgresBinaries()]) await checkRoles(binaries);
});

async function checkRoles(binaries) {
  const said = must(join(binaries, 'postgres'), ['--version']).trim();
  console.log(`  ${said}`);
  const first = await outputOf(readFileSync(platform, 'utf8'));
  const admin = first.bootstrap.env.PGUSER;
  const server = await startLikeCloudSql(binaries, { admin, ...first.terraform });
  const { ask, asSuperuser } = server;
  const passwords = ['looker', 'fixer', 'builder'];
  const asking = () => server.askPasswordOf(admin, ...first.terraform.builtIn, ...passwords);
  const may = (user, statements) =>
    ask(user, database, statements, passwords.includes(user) ? { PGPASSWORD: anyPassword } : {});

  check(
    'no login with a password but those of the Jobs is made by Cloud SQL, where it would own every database',
    first.terraform.builtIn.every((name) => name.startsWith('tapline-bootstrap')),
    first.terraform.builtIn.join(', '),
  );
  // A table from before, in a schema that the workload made itself.
  asSuperuser(
    database,
    `GRANT CREATE ON DATABASE ${database} TO "${workload}"; GRANT USAGE, CREATE ON SCHEMA public TO "${workload}";`,
  );
  ask(
    workload,
    database,
    'CREATE SCHEMA sfdc; CREATE TABLE sfdc.before (id serial, v text); CREATE TABLE public.before (id int);',
  );

  const all = (output) =>
    [output.bootstrap, ...output.shares].map((job) => [job.name, runJob(job, server.port, binaries)]);
  const reportRuns = (title, runs) =>
    check(
      title,
      runs.every(([, said]) => said.status === 0),
      runs.map(([name, said]) => `${name}: ${said.said}`).join('\n'),
    );
  const early = runJob(first.shares[0], server.port, binaries);
  check('the Job of a workload fails while the roles are missing, and is tried again', early.status !== 0);
  reportRuns('the Jobs run: that of the admin, then that of the workload as itself', all(first));
  const rights = () => asSuperuser(database, rightsQuery);
  const once = rights();
  reportRuns('they can run again', all(first));
  check('the second run changes no right', rights() === once, `${once}\n---\n${rights()}`);
  asking();

  const made = may(
    workload,
    'CREATE TABLE sfdc.later (id serial, v text); INSERT INTO sfdc.later (v) VALUES (1); CREATE TABLE analytics.later (id int); CREATE TABLE sandbox.later (id int); CREATE TABLE public.later (id int); CREATE SCHEMA fresh; CREATE TABLE fresh.later (id int);',
  );
  check(
    'the workload makes tables in the schemas of the roles, and schemas of its own',
    made.status === 0,
    made.said,
  );

  const permitted = [
    [
      'ana@example.com',
      'readonly',
      'SELECT FROM sfdc.before, sfdc.later, analytics.later, public.before, public.later',
    ],
    [
      'ana@example.com',
      'readonly',
      'INSERT INTO sandbox.later VALUES (1); CREATE TABLE sandbox.mine (id int); DROP TABLE sandbox.mine',
    ],
    ['analysts%a@example.com', 'analytics', 'SELECT FROM sfdc.before, sfdc.later'],
    [
      'analysts%a@example.com',
      'analytics',
      'INSERT INTO analytics.later VALUES (1); UPDATE public.before SET id = 2; CREATE TABLE public.theirs (id int); DROP TABLE public.theirs',
    ],
    [
      'looker',
      'access: read',
      'SELECT FROM sfdc.before, sfdc.later, analytics.later, sandbox.later, public.before, public.later, fresh.later',
    ],
    [
      'fixer',
      'access: write',
      'UPDATE sfdc.later SET v = 2; INSERT INTO sfdc.later (v) VALUES (3); DELETE FROM fresh.later; TRUNCATE public.before',
    ],
    [
      'builder',
      'access: own',
      'CREATE TABLE public.built (id int); CREATE SCHEMA built; DELETE FROM sfdc.later WHERE v IS NULL; DROP SCHEMA built; DROP TABLE public.built',
    ],
  ];
  for (const [user, as, statements] of permitted) {
    const said = may(user, `${statements};`);
    check(`${user} (${as}) may: ${statements}`, said.status === 0, said.said);
  }
  const refused = [
    [
      'ana@example.com',
      'readonly',
      [
        'INSERT INTO sfdc.later (v) VALUES (1)',
        'UPDATE public.before SET id = 1',
        'DELETE FROM analytics.later',
        'CREATE TABLE sfdc.x (id int)',
        'SELECT FROM fresh.later',
        'DROP TABLE sfdc.later',
      ],
    ],
    [
      'analysts%a@example.com',
      'analytics',
      ['INSERT INTO sfdc.later (v) VALUES (1)', 'SELECT FROM fresh.later'],
    ],
    [
      'looker',
      'access: read',
      [
        'INSERT INTO sandbox.later VALUES (1)',
        'UPDATE sfdc.later SET v = 1',
        'DELETE FROM fresh.later',
        'TRUNCATE public.later',
        "SELECT nextval('sfdc.later_id_seq')",
        'CREATE TABLE public.x (id int)',
        'CREATE SCHEMA x',
        'SET ROLE cloudsqlsuperuser',
        'CREATE ROLE x',
      ],
    ],
    [
      'fixer',
      'access: write',
      ['CREATE TABLE public.x (id int)', 'ALTER TABLE sfdc.later ADD COLUMN x int', 'DROP TABLE sfdc.later'],
    ],
    [
      'builder',
      'access: own',
      ['DROP TABLE sfdc.later', 'DROP DATABASE other', 'SET ROLE cloudsqlsuperuser'],
    ],
  ];
  for (const [user, as, list] of refused) {
    for (const statement of list) {
      const said = may(user, `${statement};`);
      check(
        `${user} (${as}) may not: ${statement}`,
        said.status !== 0 && /permission denied|must be owner/.test(said.said),
        said.said,
      );
    }
  }
  // A copy holds what the original holds: the Job of the copy is run on it.
  const reviewer = 'roles-meltano-test@roles-data.iam';
  const review = 'SELECT FROM sfdc.before; INSERT INTO sfdc.later (v) VALUES (4);';
  const before = may(reviewer, review);
  reportRuns('the Job of a copy runs', [[first.review.name, runJob(first.review, server.port, binaries)]]);
  const after = may(reviewer, review);
  check(
    'a workload of a copy reads and changes what came with it, and could not before',
    before.status !== 0 && after.status === 0,
    after.said,
  );
  check(
    'the Job of a copy has a login of its own there, which gets no right on the tables by the roles that it grants',
    first.review.env.PGUSER !== admin &&
      /permission denied/.test(
        ask(first.review.env.PGUSER, database, 'SELECT FROM sfdc.before;', { PGPASSWORD: anyPassword }).said,
      ),
    first.review.env.PGUSER,
  );
  check(
    'the Job of a copy leaves the other rights alone',
    may('looker', 'SELECT FROM sfdc.later;').status === 0,
  );
  const wrong = ask('looker', database, 'SELECT 1;', { PGPASSWORD: 'another' });
  check(
    'a login with a password needs that one',
    wrong.status !== 0 && /authentication failed/.test(wrong.said),
    wrong.said,
  );
  check(
    'the server keeps verifiers only',
    asSuperuser(
      'postgres',
      "SELECT count(*) FROM pg_authid WHERE rolname IN ('looker', 'fixer', 'builder') AND rolpassword LIKE 'SCRAM-SHA-256$%'",
    ).trim() === '3',
  );

  // Less in the configuration: ana and looker are gone, and readonly reads one schema less and writes none.
  const second = await outputOf(
    readFileSync(platform, 'utf8')
      .replace('read: [analytics, sfdc, public], write: [sandbox]', 'read: [analytics]')
      .replace(/^ {6}looker: .*\n/m, '')
      .replace('roles: [analytics]', 'roles: [readonly]')
      .replace(/^ {6}ana: .*\n/m, ''),
  );
  reportRuns('with less in the configuration, the Jobs run', all(second));
  for (const [user, statements] of [
    ['ana@example.com', 'SELECT FROM analytics.later'],
    ['analysts%a@example.com', 'SELECT FROM sfdc.later'],
    ['analysts%a@example.com', 'SELECT FROM public.before'],
    ['analysts%a@example.com', 'INSERT INTO analytics.later VALUES (1)'],
    ['analysts%a@example.com', 'CREATE TABLE sandbox.x (id int)'],
  ]) {
    const said = may(user, `${statements};`);
    check(`${user} may not any more: ${statements}`, /permission denied/.test(said.said), said.said);
  }
  const gone = may('looker', 'SELECT 1;');
  check(
    'a login that is gone from the configuration may not come in',
    /not permitted to log in/.test(gone.said),
    gone.said,
  );
  const left = may('analysts%a@example.com', 'SELECT FROM analytics.later;');
  check('what is left still holds', left.status === 0, left.said);
  const newer = may(workload, 'CREATE TABLE sfdc.last (id int); CREATE TABLE analytics.last (id int);');
  check(
    'and for tables made after that',
    newer.status === 0 &&
      may('analysts%a@example.com', 'SELECT FROM analytics.last;').status === 0 &&
      may('analysts%a@example.com', 'SELECT FROM sfdc.last;').status !== 0,
    newer.said,
  );
  await server.stop();
}

/** The Jobs of a platform, and the logins that Terraform makes for it. */
async function outputOf(text) {
  const folder = temporaryFolder('roles');
  writeFileSync(join(folder, 'platform.yaml'), text);
  // The project that its meltano entries name: an empty one, since only the rights of its identity are looked at.
  mkdirSync(join(folder, 'meltano'));
  writeFileSync(join(folder, 'meltano/meltano.yml'), 'version: 1\n');
  must(process.execPath, [
    join(root, 'bin/tapline.js'),
    'synth',
    '--file',
    join(folder, 'platform.yaml'),
    '--out',
    folder,
  ]);
  const [manifests] = clusterFolders(join(folder, 'dist'));
  const jobs = psqlJobs(await readManifests(manifests));
  return {
    bootstrap: jobs.find(({ name }) => name.startsWith('bootstrap-warehouse-')),
    review: jobs.find(({ name }) => name.startsWith('bootstrap-review-')),
    shares: jobs.filter(({ name }) => name.startsWith('share-')),
    terraform: terraformLogins(join(folder, 'cdktf.out')),
  };
}
