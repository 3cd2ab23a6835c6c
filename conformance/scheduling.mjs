// Proves that pods land where the platform says: the real scheduler and controllers of Kubernetes place the synthesized
// workloads on simulated nodes (KWOK) that carry the labels and taints of the node pools in the synthesized Terraform.
// Every pod has to be on the pool that its configuration names, and none elsewhere; then a thousand pods of pipelines are
// placed on two hundred nodes. Needs what api-server.mjs needs; the scheduler, the controllers and KWOK are built once.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { goProgram } from './go-program.mjs';
import { buildComponent, startServer } from './kubernetes-server.mjs';
import {
  check,
  clusterFolders,
  filesBelow,
  goModule,
  hasCommand,
  main,
  must,
  needDebian,
  notRun,
  readManifests,
  root,
  start,
  temporaryFolder,
  until,
} from './support.mjs';

const kwok = 'v0.8.0';
const platform = join(root, 'conformance/platforms/pools.yaml');

/** What a machine type has, less what GKE keeps for itself. */
const sizes = {
  'n2-highmem-4': { cpu: '3920m', memory: '27Gi' },
  'n2-standard-4': { cpu: '3920m', memory: '13Gi' },
};

/** The pool of each workload, as the platform above says it. */
const expected = {
  'orders-now': 'production-task',
  'changes-now': 'sdc-1',
  'attempt-now': 'testing',
  'airflow-main': 'highmem',
  bootstrap: 'highmem',
};

/** Pipelines that run at the same time, and the nodes for them. */
const [many, nodes] = [1000, 200];

await main('pods on the pools of the platform, placed by the real scheduler', async () => {
  if (!hasCommand('kubectl')) return notRun('all of it', 'kubectl is missing');
  if (!hasCommand('go')) return notRun('all of it', 'go is missing');
  needDebian(['etcd-server'], () => hasCommand('etcd'));
  const out = temporaryFolder('scheduling');
  must(process.execPath, [join(root, 'bin/tapline.js'), 'synth', '-f', platform, '-o', out], { cwd: root });
  const [folder] = clusterFolders(out);
  const terraform = JSON.parse(readFileSync(join(out, 'cdktf.out/stacks/cluster/cdk.tf.json'), 'utf8'));
  const pools = Object.values(terraform.resource.google_container_node_pool);
  const objects = await readManifests(folder);

  const server = await startServer();
  const kubectl = await server.fresh();
  startControlPlane(kubectl);
  const api = client(kubectl.config);
  for (const pool of pools) {
    for (let i = 0; i < pool.autoscaling.total_max_node_count; i++) await api.create(nodeOf(pool, i));
  }
  check('the nodes are ready', await allReady(kubectl, pools.length));

  must('kubectl', ['apply', '--server-side', '-R', '-f', folder], environmentOf(kubectl));
  const jobs = objects.filter(({ kind }) => kind === 'CronJob').map(({ metadata }) => metadata);
  for (const { namespace, name } of jobs) {
    must(
      'kubectl',
      ['-n', namespace, 'create', 'job', `--from=cronjob/${name}`, `${name}-now`],
      environmentOf(kubectl),
    );
  }
  await eachOnItsPool(kubectl, objects, jobs);
  await aThousand(
    kubectl,
    api,
    pools.find(({ name }) => name.includes('production-task')),
    objects,
  );
});

function startControlPlane(kubectl) {
  const shared = ['--kubeconfig', kubectl.config, '--leader-elect=false', '--secure-port=0'];
  start(buildComponent('kube-scheduler'), shared);
  start(buildComponent('kube-controller-manager'), [
    ...shared.filter((flag) => flag !== '--secure-port=0'),
    ...['--secure-port=0', '--use-service-account-credentials=false', '--concurrent-job-syncs=20'],
    ...['--service-account-private-key-file', kubectl.signingKey, '--controllers=*'],
  ]);
  // What becomes of nodes and pods: both are ready at once, and jobs end.
  const { folder } = goModule('sigs.k8s.io/kwok', kwok);
  const stages = ['node/fast', 'node/heartbeat', 'pod/fast'].flatMap((stage) =>
    filesBelow(join(folder, 'kustomize/stage', stage))
      .filter((file) => file.endsWith('.yaml') && !/kustomization|testdata/.test(file))
      .flatMap((file) => ['--config', join(folder, 'kustomize/stage', stage, file)]),
  );
  start(goProgram('kwok', kwok, 'sigs.k8s.io/kwok/cmd/kwok'), [
    ...['--kubeconfig', kubectl.config, '--manage-all-nodes=true'],
    ...stages,
  ]);
}

/** A node as GKE makes it of a pool: its labels and taints are those of the Terraform resource. */
function nodeOf(pool, index) {
  const { labels = {}, taint = [], machine_type: type } = pool.node_config;
  const effects = {
    NO_SCHEDULE: 'NoSchedule',
    PREFER_NO_SCHEDULE: 'PreferNoSchedule',
    NO_EXECUTE: 'NoExecute',
  };
  const name = `${pool.name}-${String(index)}`;
  const resources = { ...sizes[type], pods: '110', 'ephemeral-storage': '90Gi' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        ...labels,
        'cloud.google.com/gke-nodepool': pool.name,
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/region': 'us-west1',
        'topology.kubernetes.io/zone': `us-west1-${'abc'[index % 3]}`,
      },
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
    },
    spec: { taints: taint.map(({ key, value, effect }) => ({ key, value, effect: effects[effect] })) },
    status: { allocatable: resources, capacity: resources },
  };
}

async function allReady(kubectl, pools) {
  await until(
    () => {
      const { items } = JSON.parse(kubectl(['get', 'nodes', '-o', 'json']).stdout);
      const ready = ({ status }) =>
        status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
      return items.length >= pools && items.every(ready);
    },
    { what: 'the nodes are ready', seconds: 120 },
  );
  return true;
}

/** Waits until every workload has its pods on nodes, then compares the pools. */
async function eachOnItsPool(kubectl, objects, jobs) {
  const wanted =
    objects
      .filter(({ kind }) => kind === 'Deployment')
      .reduce((sum, { spec }) => sum + (spec.replicas ?? 1), 0) +
    objects.filter(({ kind }) => kind === 'Job').length +
    jobs.length;
  let placed = [];
  await until(
    () => {
      const { items } = JSON.parse(kubectl(['get', 'pods', '-A', '-o', 'json']).stdout);
      placed = items.filter(({ spec }) => spec.nodeName !== undefined);
      return placed.length >= wanted && items.every(({ spec }) => spec.nodeName !== undefined);
    },
    { what: `${wanted} pods are placed`, seconds: 180 },
  ).catch((error) => {
    const pending = kubectl(['get', 'events', '-A', '--field-selector', 'reason=FailedScheduling']).stdout;
    throw new Error(`${error.message}\n${pending}`);
  });
  const poolOf = nodePools(kubectl);
  const wrong = placed.flatMap(({ metadata, spec }) => {
    const key = Object.keys(expected).find((name) => metadata.name.startsWith(name));
    const pool = poolOf.get(spec.nodeName);
    return key !== undefined && pool?.endsWith(expected[key])
      ? []
      : [`${metadata.namespace}/${metadata.name} is on ${spec.nodeName}`];
  });
  check(
    `${placed.length} pods are on the pool that the platform names, and none elsewhere`,
    wrong.length === 0,
    wrong.join('\n'),
  );
  const used = new Set(placed.map(({ spec }) => poolOf.get(spec.nodeName)));
  check(`all ${new Set(poolOf.values()).size} pools were tried`, used.size === new Set(poolOf.values()).size);
  // A pod that tolerates nothing must stay off the dedicated pools; else what was seen says nothing of their taints.
  const { items } = JSON.parse(kubectl(['get', 'nodes', '-o', 'json']).stdout);
  const tainted = items.filter(({ spec }) => spec.taints?.some(({ effect }) => effect === 'NoSchedule'));
  check('the dedicated pools keep others away by a taint', tainted.length === 10, String(tainted.length));
}

function nodePools(kubectl) {
  const { items } = JSON.parse(kubectl(['get', 'nodes', '-o', 'json']).stdout);
  return new Map(
    items.map(({ metadata }) => [metadata.name, metadata.labels['cloud.google.com/gke-nodepool']]),
  );
}

/** As many pods of one pipeline as run on the busiest morning. */
async function aThousand(kubectl, api, pool, objects) {
  for (let i = 100; i < 100 + nodes; i++) await api.create(nodeOf(pool, i));
  await allReady(kubectl, nodes);
  const { spec, metadata } = objects.find(
    ({ kind, metadata: { name } }) => kind === 'CronJob' && name === 'orders',
  );
  const template = spec.jobTemplate.spec.template;
  const pods = Array.from({ length: many }, (_, i) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...template.metadata,
      namespace: metadata.namespace,
      name: `load-${String(i).padStart(4, '0')}`,
    },
    spec: template.spec,
  }));
  const started = Date.now();
  await api.createAll(pods);
  const created = Date.now();
  let left = many;
  await until(
    () => {
      const names = kubectl([
        ...['-n', metadata.namespace, 'get', 'pods', '-o'],
        'jsonpath={range .items[*]}{.metadata.name} {.spec.nodeName}{"\\n"}{end}',
      ]).stdout.split('\n');
      const load = names.filter((line) => line.startsWith('load-'));
      left = many - load.filter((line) => line.split(' ')[1] !== '').length;
      return left === 0;
    },
    { what: 'every pod has a node', seconds: 240 },
  ).catch(() => {});
  const seconds = (Date.now() - created) / 1000;
  check(
    `${many} pods on ${nodes} nodes: created in ${((created - started) / 1000).toFixed(0)} s, all placed ${seconds.toFixed(0)} s after the last (60 s at most)`,
    left === 0 && seconds <= 60,
    `${left} have no node`,
  );
  const poolOf = nodePools(kubectl);
  const { items } = JSON.parse(kubectl(['-n', metadata.namespace, 'get', 'pods', '-o', 'json']).stdout);
  const strays = items.filter(
    ({ metadata: { name }, spec: { nodeName } }) =>
      name.startsWith('load-') && !poolOf.get(nodeName)?.endsWith('production-task'),
  );
  check(
    'none of them is on another pool',
    strays.length === 0,
    strays.map(({ metadata: { name } }) => name).join(' '),
  );
}

function environmentOf({ config }) {
  return { env: { ...process.env, KUBECONFIG: config } };
}

/** Creates objects by the API itself: kubectl takes a quarter of a second for each. */
function client(config) {
  const { clusters, users } = JSON.parse(readFileSync(config, 'utf8'));
  const { server } = clusters[0].cluster;
  // The server is our own, on loopback, with a certificate that it made at its start.
  const agent = new Agent({ keepAlive: true, maxSockets: 16, rejectUnauthorized: false });
  const create = ({ kind, ...object }) =>
    new Promise((done, fail) => {
      const place = kind === 'Node' ? 'nodes' : `namespaces/${object.metadata.namespace}/pods`;
      const headers = { authorization: `Bearer ${users[0].user.token}`, 'content-type': 'application/json' };
      const call = request(`${server}/api/v1/${place}`, { method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () =>
          response.statusCode === 201 ? done() : fail(new Error(`${kind} ${object.metadata.name}: ${text}`)),
        );
      });
      call.on('error', fail);
      call.end(JSON.stringify({ kind, ...object }));
    });
  return { create, createAll: (objects) => Promise.all(objects.map(create)) };
}
