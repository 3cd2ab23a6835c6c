// A scheduler of the LocalExecutor that is replaced while a task runs in it, as a rollout does: the next one is there,
// the old one gets SIGTERM, waits for its task and ends, and the task runs once.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, root } from './support.mjs';

const dag = 'conformance_slow';

/** The text of its DAG, which has to be there before the dag-processor starts. */
export function slowDag() {
  return readFileSync(join(root, 'conformance/airflow/slow.py'), 'utf8');
}

/** What became of the task, and how the old scheduler ended. */
export async function replaceScheduler({ machine, scheduler, old, seconds = 480 }) {
  const last = Date.now() + seconds * 1000;
  const until = async (holds) => {
    while (Date.now() < last && !holds()) await new Promise((done) => setTimeout(done, 1000));
  };
  const task = (column) =>
    machine.psql(`SELECT coalesce(max(${column}::text), '') FROM task_instance WHERE dag_id = '${dag}'`);
  await until(() => machine.psql(`SELECT count(*) FROM dag WHERE dag_id = '${dag}'`) === '1');
  for (const words of [
    ['unpause', dag],
    ['trigger', dag],
  ]) {
    machine.run(scheduler, { further: machine.further, command: ['airflow', 'dags', ...words] });
  }
  await until(() => task('state') === 'running');
  const [health, logs] = [await freePort(), await freePort()];
  const further = {
    ...machine.further,
    AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT: String(health),
    AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT: String(logs),
    // Airflow looks for tasks of lost schedulers every five minutes; here it does all the time.
    AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL: '5',
  };
  const next = machine.start(scheduler, { further });
  await until(() => /Adopting or resetting orphaned tasks/.test(next.said()));
  const asked = Date.now();
  old.child.kill('SIGTERM');
  // Longer than the half minute after which Airflow gives a scheduler up by its own settings.
  await new Promise((done) => setTimeout(done, 50_000));
  machine.write('tmp/end', '');
  await until(() => ['success', 'failed'].includes(task('state')));
  const ended = Date.now();
  await until(() => old.child.exitCode !== null || old.child.signalCode !== null);
  await next.stop();
  return {
    state: task('state'),
    tries: task('try_number'),
    silentSeconds: Math.round((ended - asked) / 1000),
    exitCode: old.child.exitCode,
    said: `${old.said().slice(-2500)}\n${next.said().slice(-2500)}`,
  };
}
