// Runs a DAG by the KubernetesExecutor of a real scheduler and a real API server, where no node is: what each pod would
// run is run on this machine with the variables of the pod, and the API server is told how it ended.

/**
 * Starts a run of a DAG and stands in for the nodes until it has ended.
 * @returns the names of the pods, what went wrong in them, the state of the run, and how many pods are left
 */
export async function runTasks({ machine, cluster, scheduler, dag, seconds = 420 }) {
  const told = [];
  const asAirflow = (...words) => {
    const said = machine.run(scheduler, { further: machine.further, command: ['airflow', ...words] });
    if (said.status !== 0) told.push(`airflow ${words.join(' ')}: ${said.said.slice(-2000)}`);
  };
  const last = Date.now() + seconds * 1000;
  const wait = () => new Promise((done) => setTimeout(done, 2000));
  while (Date.now() < last && machine.psql(`SELECT count(*) FROM dag WHERE dag_id = '${dag}'`) === '0')
    await wait();
  asAirflow('dags', 'unpause', dag);
  asAirflow('dags', 'trigger', dag, '--run-id=conformance');
  const state = () =>
    machine.psql(
      `SELECT coalesce(max(state), 'none') FROM dag_run WHERE dag_id = '${dag}' AND run_id = 'conformance'`,
    );
  const pods = [];
  const failed = [];
  while (Date.now() < last && !['success', 'failed'].includes(state())) {
    for (const pod of podsOf(cluster, machine.namespace)) {
      const { name, annotations } = pod.metadata;
      if (pods.includes(name)) continue;
      pods.push(name);
      const base = pod.spec.containers.find((container) => container.name === 'base');
      const ended = machine.run(base, { further: localOnly(machine) });
      if (ended.status !== 0) failed.push(`${annotations.task_id}: ${ended.said.slice(-4000)}`);
      const phase = ended.status === 0 ? 'Succeeded' : 'Failed';
      const patch = JSON.stringify({ status: { phase } });
      const patched = cluster([
        'patch',
        'pod',
        name,
        '-n',
        machine.namespace,
        '--subresource=status',
        '-p',
        patch,
      ]);
      if (patched.status !== 0) told.push(patched.stderr);
    }
    await wait();
  }
  const end = state();
  const gone = Date.now() + 60_000;
  // Another run, of the schedule, may still have pods that nobody has looked at.
  const left = () =>
    podsOf(cluster, machine.namespace).filter(({ metadata }) => pods.includes(metadata.name)).length;
  while (Date.now() < gone && left() > 0) await wait();
  return { pods, failed, state: end, left: left(), told: told.join('\n') };
}

/** A worker keeps its logs here, and gets nothing else of what is changed for the components. */
function localOnly({ further }) {
  const names = ['AIRFLOW__LOGGING__REMOTE_LOGGING', 'AIRFLOW__LOGGING__BASE_LOG_FOLDER'];
  return Object.fromEntries(names.map((name) => [name, further[name]]));
}

function podsOf(cluster, namespace) {
  const { stdout } = cluster([
    'get',
    'pods',
    '-n',
    namespace,
    '-l',
    'kubernetes_executor=True',
    '-o',
    'json',
  ]);
  // Without a kubelet nobody confirms that a pod has ended, so one that is being deleted is as good as gone.
  return JSON.parse(stdout).items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}
