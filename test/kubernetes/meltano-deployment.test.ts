import { MeltanoDeployment } from '../../src/kubernetes';
import {
  manifestsOf,
  meltanoPod,
  meltanoPodWithoutDatabase,
  type TestContainer,
  type TestManifest,
  type TestTemplate,
} from './helpers';

const airflow = ['meltano', 'invoke', 'airflow', 'scheduler'];

function make(props: Partial<ConstructorParameters<typeof MeltanoDeployment>[2]> = {}) {
  return manifestsOf(
    (scope) => new MeltanoDeployment(scope, 'd', { ...meltanoPod, command: airflow, ...props }),
  )[0];
}

const containerOf = (manifest: TestManifest) => manifest.spec.template.spec.containers[0];
const envOf = (manifest: TestManifest): Record<string, string> =>
  Object.fromEntries(containerOf(manifest).env.map(({ name, value }) => [name, value]));

it('is one pod and never two', () => {
  expect(make().spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
});

it('selects by exactly the labels that are asked for, and the pods have them beside the recommended ones', () => {
  const { spec } = make({ selector: { app: 'gitlab' } });
  expect(spec.selector).toEqual({ matchLabels: { app: 'gitlab' } });
  expect(spec.template.metadata.labels).toMatchObject({ app: 'gitlab', 'app.kubernetes.io/name': 'meltano' });
});

it('selects by the recommended labels otherwise', () => {
  expect(make().spec.selector.matchLabels).toEqual({
    'app.kubernetes.io/name': 'meltano',
    'app.kubernetes.io/instance': 'gitlab',
    'app.kubernetes.io/component': 'scheduler',
  });
});

it('keeps the proxy a native sidecar in the manifest', () => {
  expect(make().spec.template.spec.initContainers[0]).toMatchObject({
    name: 'cloud-sql-proxy',
    restartPolicy: 'Always',
    args: expect.arrayContaining(['--auto-iam-authn']),
  });
});

it('has no proxy without a database', () => {
  const [manifest] = manifestsOf(
    (scope) =>
      new MeltanoDeployment(scope, 'd', { ...meltanoPodWithoutDatabase, command: airflow, prepare: [] }),
  );
  expect(manifest.spec.template.spec).not.toHaveProperty('initContainers');
});

it('can write where Meltano writes, and nowhere else', () => {
  const mounts = containerOf(make()).volumeMounts.filter((mount) => mount.readOnly !== true);
  expect(mounts.map((mount) => mount.mountPath)).toEqual([
    '/tmp',
    '/project/.meltano/run',
    '/project/.meltano/logs',
  ]);
  expect(envOf(make())).toMatchObject({ HOME: '/tmp', MELTANO_DATABASE_URI: 'sqlite:////tmp/meltano.db' });
});

it('lets the configuration say where the database of Meltano is', () => {
  const env = envOf(make({ env: [{ name: 'MELTANO_DATABASE_URI', value: 'postgresql://x' }] }));
  expect(env.MELTANO_DATABASE_URI).toBe('postgresql://x');
});

it('switches the health check of an Airflow scheduler on and probes it', () => {
  const manifest = make();
  expect(envOf(manifest)).toMatchObject({
    AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK: 'True',
    AIRFLOW__LOGGING__BASE_LOG_FOLDER: '/tmp/airflow/logs',
  });
  expect(containerOf(manifest)).toMatchObject({
    startupProbe: { httpGet: { path: '/health', port: 8974 } },
    livenessProbe: { httpGet: { path: '/health', port: 8974 } },
    readinessProbe: { httpGet: { path: '/health', port: 8974 } },
  });
});

it('probes no other command, of which it knows nothing', () => {
  const container = containerOf(make({ command: ['meltano', 'ui'] }));
  expect(container).not.toHaveProperty('livenessProbe');
  expect(JSON.stringify(container.env)).not.toContain('AIRFLOW');
});

it('ends by SIGTERM although Python has no handler for it', () => {
  expect(make().spec.template.spec).toMatchObject({
    shareProcessNamespace: true,
    terminationGracePeriodSeconds: 120,
  });
});

/** What is prepared; secrets from files put a shell in front of the command. */
const preparedBy = (manifest: TestManifest) => {
  const containers: readonly TestContainer[] =
    (manifest.spec.template.spec as Partial<TestTemplate['spec']>).initContainers ?? [];
  return containers.find(({ name }) => name === 'prepare');
};

it('brings the database of Airflow to its version before the scheduler starts, after the proxy', () => {
  const manifest = make();
  const prepare = preparedBy(manifest);
  expect(manifest.spec.template.spec.initContainers.map(({ name }) => name)).toEqual([
    'cloud-sql-proxy',
    'prepare',
  ]);
  expect(prepare).toMatchObject({
    image: containerOf(manifest).image,
    args: ['tapline', 'meltano', 'invoke', 'airflow', 'db', 'migrate'],
    env: containerOf(manifest).env,
    volumeMounts: containerOf(manifest).volumeMounts,
    securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true },
  });
  expect(prepare).not.toHaveProperty('restartPolicy');
});

it.each([
  ['nothing before another command', { command: ['meltano', 'run', 'x'] }, undefined],
  ['nothing where it is told so', { prepare: [] }, undefined],
  ['what it is told', { prepare: ['true'] }, ['tapline', 'true']],
])('prepares %s', (_, props, args) => {
  expect(preparedBy(make(props))?.args).toEqual(args);
});
