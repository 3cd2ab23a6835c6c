// A PostgreSQL of its own on the loopback interface, in a temporary folder and as an unprivileged user. It is ended with
// the check that starts it.
import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atEnd, freePort, must, run, start, temporaryFolder, until } from './support.mjs';

/** Its superuser, called as in Cloud SQL, where nobody else can log in as it. */
export const superuser = 'cloudsqladmin';

/** Starts one with the given binaries; nobody is asked for a password until it is said. */
export async function startPostgres(binaries) {
  const folder = temporaryFolder('postgres');
  const owner = {};
  if (process.getuid?.() === 0) {
    // PostgreSQL refuses to run as root.
    owner.uid = Number(must('id', ['-u', 'postgres']));
    owner.gid = Number(must('id', ['-g', 'postgres']));
    chownSync(folder, owner.uid, owner.gid);
  }
  const data = join(folder, 'data');
  const options = { ...owner, cwd: folder };
  must(
    join(binaries, 'initdb'),
    ['-D', data, '-U', superuser, '-E', 'UTF8', '--no-sync', '--auth=trust'],
    options,
  );
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'fsync=off'];
  const server = start(
    join(binaries, 'postgres'),
    ['-D', data, ...settings.flatMap((s) => ['-c', s])],
    options,
  );
  const stop = () => {
    // SIGINT is its fast shutdown, which also ends its children.
    server.child.kill('SIGINT');
    return server.ended;
  };
  atEnd(stop);
  const isReady = () =>
    run(join(binaries, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]).status === 0;
  await until(isReady, { what: 'PostgreSQL is ready', processes: [server] });
  return {
    port,
    stop,
    askPasswordOf: (...users) => {
      const asked = users.map((user) => `host all "${user}" 127.0.0.1/32 scram-sha-256`);
      const rules = [...asked, 'host all all 127.0.0.1/32 trust', ''];
      writeFileSync(join(data, 'pg_hba.conf'), rules.join('\n'));
      server.child.kill('SIGHUP');
    },
  };
}
