// PgBouncer as the manifests run it, between an Airflow and its database.
import { join } from 'node:path';
import { localLogs } from './airflow-machines.mjs';
import { check, freePort, hasCommand, must, needDebian, run, until } from './support.mjs';

/**
 * PgBouncer takes Airflow's connections by the password alone, and needs none for the database. Debian's is older than
 * the image's and does not know how to keep prepared statements apart, so that line is left out here.
 */
export async function checkPgbouncer(label, machine, pods) {
  needDebian(['pgbouncer'], () => hasCommand('pgbouncer') || hasCommand('/usr/sbin/pgbouncer'));
  const [container] = pods.get('pgbouncer').containers;
  const port = await freePort();
  const own = machine.own('pgbouncer-tmp');
  const written = machine.replaced;
  machine.replaced = [
    ['/run/secrets', machine.secrets],
    ['/etc/pgbouncer', join(machine.folder, 'pgbouncer')],
    ['/tmp/userlist.txt', join(own, 'userlist.txt')],
    ['host=127.0.0.1 port=5432', `host=127.0.0.1 port=${machine.databasePort}`],
    ['6432', String(port)],
    ['0.0.0.0', '127.0.0.1'],
    [`airflow-${machine.key}-pgbouncer`, '127.0.0.1'],
    ['/tmp/airflow', machine.own('home')],
  ];
  machine.write(
    'pgbouncer/pgbouncer.ini',
    machine.settings.get('pgbouncer').replace(/^max_prepared_statements.*$/m, ''),
  );
  const process = machine.start(container, { further: { PATH: '/usr/sbin:/usr/bin:/bin' } });
  await until(() => run('bash', ['-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`]).status === 0, {
    what: 'PgBouncer listens',
    processes: [process],
  });
  const waiting = pods.get('scheduler').initContainers.find(({ name }) => name === 'check-migrations');
  const connected = machine.run(waiting, {
    further: localLogs(machine),
    command: ['airflow', 'db', 'check'],
  });
  check(
    `${label}: Airflow reaches its database by PgBouncer`,
    connected.status === 0,
    connected.said.slice(-2000) + process.said(),
  );
  const psql = (password) =>
    run('psql', [
      `postgresql://airflow:${password}@127.0.0.1:${port}/production`,
      '-qtA',
      '-c',
      'SELECT current_user',
    ]);
  const password = must('cat', [join(machine.secrets, `tapline-airflow-${machine.key}/pgbouncer-password`)]);
  check(
    `${label}: who connects by PgBouncer is the service account`,
    psql(password).stdout.trim() === `acme-airflow-${machine.key}@acme-data.iam`,
    psql(password).said,
  );
  check(`${label}: PgBouncer refuses a wrong password`, psql('wrong').status !== 0, psql('wrong').said);
  await process.stop();
  machine.replaced = written;
}
