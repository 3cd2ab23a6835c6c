// What the DAGs of pipelines cost a real Airflow, against a file that somebody would write by hand with the same 500.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import { airflowPrograms, airflowVersions } from '../conformance/airflow-environments.mjs';
import { filesBelow } from '../conformance/support.mjs';
import { measure, median } from './measure.mjs';

const count = 500;
const inspect = 'conformance/dags/time_dags.py';

/**
 * @param root the repository
 * @param work a folder for what is written
 * @param runs how often each thing is timed; the figures are medians
 * @param target prints a figure beside its goal
 */
export async function benchDags({ root, work, runs, target }) {
  const [version] = airflowVersions;
  const programs = airflowPrograms(version);
  const documents = synthesized(root, work);
  const byHand = join(work, 'by-hand');
  mkdirSync(byHand, { recursive: true });
  writeFileSync(join(byHand, 'pipelines.py'), handWritten(documents));
  const ours = join(work, 'files/dags');
  const cold = join(work, 'cold/dags');
  cpSync(join(work, 'files'), join(work, 'cold'), { recursive: true });
  const environment = (name) => ({
    PATH: `${programs}:${process.env.PATH}`,
    HOME: join(work, name),
    AIRFLOW_HOME: join(work, name),
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
  });
  const timed = (args, env = {}) => {
    const options = { cwd: root, env: { ...environment('home'), ...env }, encoding: 'utf8' };
    const said = execFileSync(join(programs, 'python'), [inspect, ...args], options);
    return JSON.parse(said.trim().split('\n').at(-1));
  };
  const times = (args, env) => {
    timed(args, env);
    const all = Array.from({ length: runs }, () => timed(args, env));
    return { milliseconds: median(all.map((one) => one.milliseconds)), dags: all[0].dags };
  };
  const [factory, hand] = [times([ours]), times([byHand])];
  if (factory.dags !== count || hand.dags !== count)
    throw new Error(`${factory.dags} and ${hand.dags} DAGs were read`);
  console.log(`  Airflow ${version}, ${count} pipelines of one task each, CPU time`);
  target('import by the factory', factory.milliseconds, 'ms', {});
  target('import of a file written by hand', hand.milliseconds, 'ms', {});
  target('import, factory ÷ by hand', factory.milliseconds / hand.milliseconds, '×', { atMost: 1.2 });

  const [last] = Object.keys(documents.at(-1).dags).slice(-1);
  const shard = join(ours, `tapline_${String(documents.length - 1).padStart(2, '0')}.py`);
  // Compiled once for each pod; the first task of a pod compiles.
  const [start, first] = [
    times([ours, last, shard]),
    times([cold, last, shard.replace(ours, cold)], { PYTHONDONTWRITEBYTECODE: '1' }),
  ];
  if (start.dags !== 1) throw new Error(`${start.dags} DAGs were read for a task of one`);
  // What Airflow itself takes for one such DAG: nothing is read, and nothing left out.
  const single = join(work, 'single');
  mkdirSync(single, { recursive: true });
  writeFileSync(join(single, 'pipeline.py'), handWritten(documents.slice(-1).map(lastOf)));
  const alone = times([single, last, join(single, 'pipeline.py')]);
  if (alone.dags !== 1) throw new Error(`${alone.dags} DAGs were read of a file with one`);
  target('import of a file with this one DAG, written by hand', alone.milliseconds, 'ms', {});
  target('import when a task starts', start.milliseconds, 'ms', { atMost: 5 });
  target('import when the first task of a pod starts', first.milliseconds, 'ms', {});

  const cycle = async (name, folder) => {
    const env = {
      ...environment(`home-${name}`),
      AIRFLOW__CORE__DAGS_FOLDER: folder,
      AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL: '0',
      // On a busy machine a cycle may take longer than the half minute after which files are read again.
      AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL: '3600',
    };
    mkdirSync(env.AIRFLOW_HOME, { recursive: true });
    execFileSync('airflow', ['db', 'migrate'], { env, stdio: 'ignore' });
    const once = () => measure('airflow', ['dag-processor', '--num-runs', '1'], { env });
    // The first cycle writes what later ones find unchanged.
    await once();
    const cpu = [];
    for (let i = 0; i < runs; i++) cpu.push((await once()).cpu);
    return median(cpu);
  };
  const empty = join(work, 'empty');
  mkdirSync(empty, { recursive: true });
  const [none, all, one] = [
    await cycle('none', empty),
    await cycle('all', ours),
    await cycle('hand', byHand),
  ];
  target('cycle of the dag-processor, nothing to read', none * 1000, 'ms', {});
  target('cycle, CPU per DAG of a file written by hand', ((one - none) * 1000) / count, 'ms', {});
  target('cycle, CPU per DAG', ((all - none) * 1000) / count, 'ms', { atMost: 12 });
}

/** A document with nothing but its last DAG. */
function lastOf({ dags, ...head }) {
  return { ...head, dags: Object.fromEntries(Object.entries(dags).slice(-1)) };
}

/** Writes the files of an Airflow with so many pipelines, and gives its documents. */
function synthesized(root, work) {
  const pipelines = Array.from({ length: count }, (_, i) => {
    const name = `pipeline-${String(i).padStart(3, '0')}`;
    return [
      name,
      {
        airflow: 'main',
        kind: ['extract', 'load'],
        meltano: 'elt',
        run: `tap-${i} target-postgres`,
        schedule: `${i % 60} 6 * * *`,
      },
    ];
  });
  const config = {
    version: 1,
    name: 'acme',
    google: { project: 'acme-data', region: 'europe-west1' },
    databases: { main: { databases: ['airflow', 'warehouse'] } },
    secrets: { taps: { keys: ['token'] } },
    airflow: { main: { database: 'main/airflow' } },
    meltano: { elt: { database: 'main/warehouse', env: { TAP_TOKEN: { secret: 'taps/token' } } } },
    pipelines: Object.fromEntries(pipelines),
  };
  const file = join(work, 'dags.yaml');
  writeFileSync(file, JSON.stringify(config));
  const out = join(work, 'dags-out');
  execFileSync(process.execPath, [join(root, 'bin/tapline.js'), 'synth', '--file', file, '--out', out], {
    stdio: 'ignore',
  });
  const objects = filesBelow(join(out, 'dist'))
    .filter((name) => name.endsWith('.k8s.yaml'))
    .flatMap((name) => parseAllDocuments(readFileSync(join(out, 'dist', name), 'utf8')))
    .map((document) => document.toJS());
  const processor = objects.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name.endsWith('dag-processor'),
  );
  const { sources } = processor.spec.template.spec.volumes.find(
    ({ name }) => name === 'tapline-files',
  ).projected;
  const documents = [];
  for (const { configMap } of sources) {
    const { data } = objects.find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMap.name,
    );
    for (const { key, path } of configMap.items) {
      const to = join(work, 'files', path);
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, data[key]);
      if (path.endsWith('.json')) documents.push(JSON.parse(data[key]));
    }
  }
  return documents;
}

/** The same DAGs as a person would write them: one after the other, each with its operator and its pod. */
function handWritten(documents) {
  const dags = documents.flatMap(({ dags: own }) => Object.values(own));
  const blocks = dags.map((dag) => {
    const [task] = dag.tasks;
    const { metadata, spec } = task.pod;
    const [container] = spec.containers;
    const [proxy] = spec.initContainers;
    return `
with DAG(
    dag_id="${dag.id}",
    schedule=CronDataIntervalTimetable("${dag.schedule}", timezone="${dag.timeZone}"),
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "${dag.owner}"},
    tags=${python(dag.tags)},
):
    KubernetesPodOperator(
        task_id="${task.id}",
        name="${metadata.name}",
        namespace="${metadata.namespace}",
        image="${container.image}",
        cmds=${python(container.command)},
        arguments=${python(container.args)},
        labels=${python(metadata.labels)},
        annotations=${python(metadata.annotations)},
        env_vars=${python({ ...Object.fromEntries(container.env.map(({ name, value }) => [name, value])), ...task.env })},
        service_account_name="${spec.serviceAccountName}",
        container_resources=k8s.V1ResourceRequirements(
            requests=${python(container.resources.requests)}, limits=${python(container.resources.limits)}
        ),
        container_security_context=${python(container.securityContext)},
        security_context=${python(spec.securityContext)},
        init_containers=[
            k8s.V1Container(
                name="cloud-sql-proxy",
                image="${proxy.image}",
                args=${python(proxy.args)},
                restart_policy="Always",
                resources=k8s.V1ResourceRequirements(requests=${python(proxy.resources.requests)}, limits=${python(proxy.resources.limits)}),
            )
        ],
        volumes=[k8s.V1Volume(name="tmp", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit="2Gi"))],
        volume_mounts=[k8s.V1VolumeMount(name="tmp", mount_path="/tmp")],
        in_cluster=True,
        pool="${task.pool}",
        retries=${task.retries},
        retry_delay=timedelta(seconds=${task.retryDelaySeconds}),
        retry_exponential_backoff=True,
        max_retry_delay=timedelta(hours=1),
        execution_timeout=timedelta(seconds=${task.timeoutSeconds}),
        startup_timeout_seconds=1200,
        on_finish_action="${dag.onFinishAction}",
    )
`;
  });
  return `from datetime import datetime, timedelta

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.sdk import DAG, CronDataIntervalTimetable
from kubernetes.client import models as k8s
${blocks.join('')}`;
}

/** A value as Python writes it. */
function python(value) {
  return JSON.stringify(value ?? []).replace(/\b(true|false)\b/g, (word) =>
    word === 'true' ? 'True' : 'False',
  );
}
