// Proves that real Airflows take the DAGs of the pipelines: those of every example and of a platform with every kind of
// pipeline are imported without error or warning and the same twice, each task says to Airflow what the document says,
// and its pod is the rendered one with nothing but what the pod operator is known to add. A fault in one shard leaves the
// others. The factory's own tests run with each version. Needs python3; Airflow is installed from PyPI once.
// Takes output folders with dist/; without any, it synthesizes the examples.
import { isDeepStrictEqual } from 'node:util';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { airflowPrograms, airflowVersions } from './airflow-environments.mjs';
import {
  check,
  clusterFolders,
  hasCommand,
  main,
  manifestFolders,
  must,
  notRun,
  readManifests,
  root,
  run,
  temporaryFolder,
} from './support.mjs';
import { taskPods } from './task-pods.mjs';

const everyKind = join(root, 'conformance/platforms/pipelines.yaml');

/** Labels that the operator adds for each run. */
const runLabels = [
  'airflow_kpo_in_cluster',
  'airflow_version',
  'dag_id',
  'kubernetes_pod_operator',
  'run_id',
  'task_id',
  'try_number',
];

await main('DAGs of the pipelines in real Airflows', async () => {
  if (!hasCommand('python3')) return notRun('all of it', 'python3 is missing');
  const named = process.argv.slice(2);
  const folders = [...manifestFolders(named), ...(named.length > 0 ? [] : everyKindFolders())];
  const sets = [];
  for (const { name, folder } of folders) {
    const objects = await readManifests(folder);
    for (const [namespace, files] of airflowFiles(objects)) {
      // Two Airflows of a cluster may have DAGs of the same names.
      const texts = new Set(files.map(([, text]) => text));
      const own = objects.filter(({ data }) => Object.values(data ?? {}).some((text) => texts.has(text)));
      const pods = new Map(taskPods(own).map(({ of, task, pod }) => [of, { task, pod }]));
      sets.push({ name: `${name}, ${namespace}`, files, pods });
    }
  }
  check(`${sets.length} Airflows with pipelines are tried`, sets.length > 0);
  for (const version of airflowVersions) {
    const programs = airflowPrograms(version);
    const env = environment(programs);
    for (const set of sets) checkSet(`Airflow ${version}: ${set.name}`, set, programs, env);
    checkFault(version, sets.at(-1), programs, env);
    checkOwnTests(version, programs, env);
  }
});

function everyKindFolders() {
  const out = temporaryFolder('pipelines');
  must(process.execPath, [join(root, 'bin/tapline.js'), 'synth', '--file', everyKind, '--out', out]);
  return clusterFolders(out).map((folder) => ({ name: 'every kind', folder }));
}

function environment(programs) {
  return {
    PATH: `${programs}:${process.env.PATH}`,
    HOME: temporaryFolder('home'),
    AIRFLOW_HOME: temporaryFolder('airflow'),
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

/** The files of each Airflow, by the volume that its pods mount. */
function airflowFiles(objects) {
  const maps = new Map(
    objects
      .filter(({ kind }) => kind === 'ConfigMap')
      .map(({ metadata, data }) => [`${metadata.namespace}/${metadata.name}`, data]),
  );
  const found = new Map();
  for (const { kind, metadata, spec } of objects) {
    if (kind !== 'Deployment') continue;
    const volume = (spec.template.spec.volumes ?? []).find(({ name }) => name === 'tapline-files');
    if (volume === undefined) continue;
    const files = volume.projected.sources.flatMap(({ configMap }) =>
      configMap.items.map(({ key, path }) => {
        const text = maps.get(`${metadata.namespace}/${configMap.name}`)?.[key];
        if (text === undefined)
          throw new Error(`${metadata.name} mounts ${configMap.name}/${key}, which is not there`);
        return [path, text];
      }),
    );
    found.set(`${metadata.namespace}/${metadata.labels['app.kubernetes.io/instance']}`, files);
  }
  return found;
}

function written(files) {
  const folder = temporaryFolder('dags');
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** What an Airflow makes of the files in a folder. */
function inspect(folder, programs, env) {
  const program = join(root, 'conformance/dags/inspect_dags.py');
  const { status, stdout, stderr } = run(join(programs, 'python'), [program, join(folder, 'dags')], { env });
  if (status !== 0) throw new Error(stderr.slice(-4000));
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

function checkSet(name, { files, pods }, programs, env) {
  const found = inspect(written(files), programs, env);
  const documents = files.filter(([path]) => path.endsWith('.json')).map(([, text]) => JSON.parse(text));
  const dags = Object.assign({}, ...documents.map((document) => document.dags));
  const faults = [...Object.entries(found.errors), ...Object.entries(found.warnings)];
  check(
    `${name}: ${found.dags.length} of ${Object.keys(dags).length} DAGs imported, without error or warning`,
    faults.length === 0 && isDeepStrictEqual(found.dags.map(({ id }) => id).sort(), Object.keys(dags).sort()),
    faults.map((fault) => fault.join(': ')).join('\n'),
  );
  check(`${name}: a second import gives the same`, found.stable);
  const wrong = [];
  let tried = 0;
  for (const dag of found.dags) {
    wrong.push(...differences(dag.id, wantedDag(dags[dag.id]), dag));
    for (const task of dag.tasks) {
      const wanted = dags[dag.id].tasks.find(({ id }) => id === task.id);
      wrong.push(...differences(`${dag.id}.${task.id}`, wantedTask(wanted, dags[dag.id]), task));
      if (task.pod === undefined) continue;
      tried += 1;
      wrong.push(
        ...podDifferences(`${dag.id}.${task.id}`, pods.get(`${dag.id}.${task.id}`), task.pod, found.version),
      );
    }
  }
  check(
    `${name}: ${tried} tasks say to Airflow what their document says, and their pods are the rendered ones`,
    wrong.length === 0 &&
      tried === Object.values(dags).flatMap(({ tasks }) => tasks.filter(({ pod }) => pod)).length,
    wrong.slice(0, 20).join('\n'),
  );
}

function wantedDag(dag) {
  return {
    owner: dag.owner,
    tags: [...dag.tags].sort(),
    description: dag.description,
    catchup: dag.catchup,
    maxActiveRuns: dag.maxActiveRuns,
    runTimeoutSeconds: dag.deadlineSeconds ?? null,
    paused: false,
    ...(dag.schedule === undefined
      ? {}
      : {
          timetable: {
            __type: 'airflow.timetables.interval.CronDataIntervalTimetable',
            __var: { expression: dag.schedule, timezone: dag.timeZone },
          },
        }),
  };
}

function wantedTask(task, dag) {
  const all = {
    upstream: [...task.dependsOn].sort(),
    triggerRule: task.triggerRule,
    group: task.group ?? null,
    outlets: task.last ? [dag.asset] : [],
  };
  if (task.pod === undefined) return all;
  return {
    ...all,
    pool: task.pool,
    poolSlots: task.poolSlots,
    retries: task.retries,
    retryDelaySeconds: task.retryDelaySeconds,
    executionTimeoutSeconds: task.timeoutSeconds + 1200,
    exponentialBackoff: true,
    deferrable: dag.deferrable,
    inCluster: true,
    onFinishAction: dag.onFinishAction,
    alert: dag.slackWebhookFile !== undefined,
    xcom: task.xcom,
  };
}

/** The fields that are wanted and are not there so. */
function differences(name, wanted, found) {
  return Object.entries(wanted)
    .filter(([field, value]) => !isDeepStrictEqual(found[field], value))
    .map(
      ([field, value]) =>
        `${name}: ${field}: ${JSON.stringify(found[field])} instead of ${JSON.stringify(value)}`,
    );
}

/** Compares the pod as text, with what the operator adds taken away or looked at by itself. */
function podDifferences(name, wanted, found, version) {
  const pod = structuredClone(found);
  const faults = [];
  const suffix = /^(.+)-[a-z0-9]{8}$/.exec(pod.metadata.name)?.[1];
  if (suffix !== wanted.pod.metadata.name || pod.metadata.name.length > 63)
    faults.push(`name ${pod.metadata.name}`);
  pod.metadata.name = wanted.pod.metadata.name;
  for (const label of runLabels) {
    const value = pod.metadata.labels[label];
    if (value === undefined || (label === 'airflow_version' && value !== version))
      faults.push(`label ${label} ${value}`);
    delete pod.metadata.labels[label];
  }
  // The values of templates are those of the run.
  const [container] = pod.spec.containers;
  for (const variable of container.env) {
    const template = wanted.task.env[variable.name];
    if (template === undefined) continue;
    if (variable.value.includes('{{ ti') || variable.value.includes('dag_run'))
      faults.push(`${variable.name} is not rendered`);
    if (/(?<!\$)\$\(/.test(variable.value))
      faults.push(`${variable.name} could be replaced: ${variable.value}`);
    variable.value = template;
  }
  const [left, right] = [canonical(pod), canonical(wanted.pod)];
  if (left !== right) faults.push(firstDifference(left, right));
  return faults.map((fault) => `${name}: ${fault}`);
}

/** JSON with sorted keys, without the empty values that the operator's own arguments leave. */
function canonical(value) {
  const clean = (item) => {
    if (Array.isArray(item)) return item.map(clean);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(
      Object.entries(item)
        .map(([key, inner]) => [key, clean(inner)])
        .filter(([key, inner]) => !isEmpty(inner) && !(key === 'hostNetwork' && inner === false))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  };
  return JSON.stringify(clean(value));
}

function isEmpty(value) {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function firstDifference(left, right) {
  const at = [...left].findIndex((character, i) => character !== right[i]);
  return `…${left.slice(Math.max(0, at - 80), at + 80)}… instead of …${right.slice(Math.max(0, at - 80), at + 80)}…`;
}

/** A document that is wrong costs its own shard, and says which pipeline is wrong. */
function checkFault(version, { files }, programs, env) {
  const [path, text] = files.find(([name]) => name.endsWith('pipelines-00.json'));
  const document = JSON.parse(text);
  const [first, ...others] = Object.entries(document.dags);
  const shard = (dags) =>
    `${JSON.stringify({ ...document, dags: {} }).slice(0, -2)}\n${dags.map(([id, dag]) => `${JSON.stringify(id)}:${JSON.stringify(dag)}`).join(',\n')}\n}}\n`;
  const broken = structuredClone(first);
  broken[1].tasks[0].retries = 'many';
  const [shardPath, shardText] = files.find(([name]) => name.endsWith('tapline_00.py'));
  const folder = written([
    ...files.filter(([name]) => name !== path),
    [path, shard(others)],
    [path.replace('00', '01'), shard([broken])],
    [shardPath.replace('00', '01'), shardText.replaceAll('00', '01')],
  ]);
  const found = inspect(folder, programs, env);
  const errors = Object.entries(found.errors);
  const told = `pipelines.${broken[1].pipeline} (DAG ${broken[0]} in pipelines-01.json): tasks.${broken[1].tasks[0].id}: retries: got "many", expected a whole number`;
  check(
    `Airflow ${version}: a fault in one shard names its pipeline and leaves the ${others.length} DAGs of the other`,
    errors.length === 1 &&
      errors[0][0].endsWith('tapline_01.py') &&
      errors[0][1].includes(told) &&
      found.dags.length === others.length,
    JSON.stringify(found.errors, undefined, 1),
  );
}

function checkOwnTests(version, programs, env) {
  const { status, said } = run(
    join(programs, 'python'),
    ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', join(root, 'dags/tests')],
    { env: { ...env, PYTHONPATH: join(root, 'dags') }, cwd: join(root, 'dags') },
  );
  const passed = /(\d+) passed/.exec(said)?.[1] ?? '0';
  check(
    `Airflow ${version}: ${passed} tests of the factory pass`,
    status === 0 && passed !== '0',
    said.slice(-4000),
  );
}
