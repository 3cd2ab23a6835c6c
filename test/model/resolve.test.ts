import { type Config, parseConfig } from '../../src/config';
import { type Platform, resolvePlatform } from '../../src/model';

const base = { version: 1, name: 'acme', google: { project: 'acme-data', region: 'europe-west1' } };

function configOf(more: object): Config {
  const { config, problems } = parseConfig({ ...base, ...more });
  expect(problems).toEqual([]);
  return config!;
}

function resolved(more: object): Platform {
  const resolution = resolvePlatform(configOf(more));
  if (!resolution.ok) throw new Error(resolution.problems.map(({ message }) => message).join('; '));
  return resolution.platform;
}

it('neither changes nor freezes the configuration that it is given', () => {
  const config = configOf({ cluster: { nodePools: { b: {}, a: {} } }, labels: { z: '1', a: '2' } });
  const before = structuredClone(config);
  expect(resolvePlatform(config).ok).toBe(true);
  expect(config).toEqual(before);
  expect(Object.keys(config.labels)).toEqual(Object.keys(before.labels));
  expect(Object.isFrozen(config.cluster.maintenance)).toBe(false);
});

it('grants nothing but what a workload needs', () => {
  const { identities, buckets } = resolved({
    databases: { main: { databases: ['airflow'] } },
    airflow: { main: {} },
    meltano: { elt: {} },
  });
  const roles = Object.fromEntries(identities.map(({ key, projectRoles }) => [key, projectRoles]));
  expect(roles).toEqual({
    'airflow-main': ['roles/cloudsql.client', 'roles/cloudsql.instanceUser'],
    'bootstrap-main': ['roles/cloudsql.client'],
    'meltano-elt': [],
    'nodes-platform': ['roles/artifactregistry.reader', 'roles/container.defaultNodeServiceAccount'],
  });
  expect(Object.fromEntries(buckets.map(({ key, writers }) => [key, writers]))).toEqual({
    'airflow-main-logs': ['airflow-main'],
    'state-elt': ['meltano-elt'],
  });
});

it('places workloads on the pool that they name, with its taints tolerated, and else on any open one', () => {
  const { meltano, pipelines } = resolved({
    cluster: { nodePools: { main: {}, task: { dedicated: true } } },
    meltano: { elt: {} },
    pipelines: {
      heavy: { meltano: 'elt', run: 'tap-a target-b', pool: 'task' },
      light: { meltano: 'elt', run: 'tap-a target-b' },
    },
  });
  expect(meltano[0]?.placement).toEqual({ pool: null, nodeSelector: {}, tolerations: [] });
  expect(pipelines.map(({ placement }) => placement)).toEqual([
    {
      pool: 'task',
      nodeSelector: { 'tapline.dev/pool': 'task' },
      tolerations: [{ key: 'tapline.dev/pool', value: 'task', effect: 'NO_SCHEDULE' }],
    },
    { pool: null, nodeSelector: {}, tolerations: [] },
  ]);
});

it('lays the environment of a pipeline over that of its project', () => {
  const { pipelines } = resolved({
    meltano: { elt: { env: { A: 'project', B: 1 }, state: 'none' } },
    pipelines: { orders: { meltano: 'elt', run: 'tap-a target-b', env: { A: 'pipeline' } } },
  });
  expect(pipelines[0]?.env).toEqual([
    { name: 'A', value: 'pipeline' },
    { name: 'B', value: '1' },
  ]);
});

it('keeps secrets apart whose keys differ by a dot only', () => {
  const { secrets } = resolved({ secrets: { tap: { keys: ['a.b', 'a-b'] } } });
  const ids = secrets[0]?.values.map(({ secretId }) => secretId) ?? [];
  expect(ids[0]).toBe('acme-tap--a-b');
  expect(ids[1]).toMatch(/^acme-tap--a-b-[0-9a-f]{8}$/);
});

it('carves the ranges out of network.cidr', () => {
  expect(resolved({ network: { cidr: '10.0.0.0/20', natAddresses: 2 } }).network).toMatchObject({
    nodesCidr: '10.0.0.0/24',
    servicesCidr: '10.0.1.0/24',
    databasesCidr: '10.0.2.0/24',
    podsCidr: '10.0.8.0/21',
    natAddressNames: ['acme-nat-1', 'acme-nat-2'],
  });
});

it('lets production have standbys and replicas', () => {
  const more = { databases: { main: { databases: ['airflow'] } }, airflow: { main: {} } };
  expect(resolved({ ...more, production: true })).toMatchObject({
    databases: [{ highAvailability: true }],
    airflow: [{ replicas: { apiServer: 2, scheduler: 2 } }],
  });
  expect(resolved(more)).toMatchObject({
    databases: [{ highAvailability: false }],
    airflow: [{ replicas: { apiServer: 1, scheduler: 1 } }],
  });
});

it('fails where a pod would request more than its limit, whatever the units', () => {
  const memory = (memory: string, memoryLimit: string) =>
    resolvePlatform(configOf({ meltano: { elt: { resources: { memory, memoryLimit } } } })).ok;
  expect(memory('1Gi', '1024Mi')).toBe(true);
  expect(memory('1Gi', '1G')).toBe(false);
  expect(memory('32768Ki', '32Mi')).toBe(true);
  expect(memory('32769Ki', '32Mi')).toBe(false);
});
