import { manifestsOf, podOf, synth, type TestManifest } from './platform-fixture';

const text = `
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
cluster: { nodePools: { main: {}, tasks: { dedicated: true } } }
databases: { main: { databases: [airflow, warehouse] } }
namespaces: { orchestration: {}, jobs: {} }
secrets:
  warehouse: { keys: [password], namespaces: [jobs] }
  told: { keys: [slack], namespaces: [orchestration] }
airflow:
  main:
    namespace: orchestration
    database: main/airflow
    pools: { pgp: 4 }
    tasks: { namespace: jobs, pool: tasks, egress: [{ cidr: 10.9.0.0/16, ports: [5432] }] }
meltano:
  elt: { namespace: jobs, image: images/elt:1.0.0, database: main/warehouse }
pipelines:
  orders: { airflow: main, meltano: elt, run: tap-a target-b, schedule: "@daily", alerts: { slack: told/slack } }
  dbt:
    airflow: main
    image: images/dbt:1.0.0
    dependsOn: [orders]
    command: [dbt, build]
    xcom: true
    env: { PASSWORD: { secret: warehouse/password } }
`;
const synthesized = synth(text);
const manifests = manifestsOf(synthesized);
const named = (kind: string, name: string): TestManifest => {
  const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  return found;
};
const { dags } = JSON.parse(
  named('ConfigMap', 'airflow-main-pipelines-00').data?.['pipelines-00.json'] ?? '',
);

describe('the pipelines of an Airflow', () => {
  it('are files in a folder of its pods that follows the ConfigMaps', () => {
    for (const component of ['scheduler', 'dag-processor', 'triggerer']) {
      const spec: any = podOf(named('Deployment', `airflow-main-${component}`))?.spec;
      const volume = spec.volumes.find(({ name }: { name: string }) => name === 'tapline-files');
      expect(volume.projected.sources.map((source: any) => source.configMap.name)).toEqual([
        'airflow-main-pipelines',
        'airflow-main-pipelines-00',
      ]);
      const mount = spec.containers[0].volumeMounts.find(
        ({ name }: { name: string }) => name === 'tapline-files',
      );
      expect(mount).toEqual({ name: 'tapline-files', mountPath: '/opt/airflow/tapline', readOnly: true });
    }
    const server: any = podOf(named('Deployment', 'airflow-main-api-server'))?.spec;
    expect(server.volumes.map(({ name }: { name: string }) => name)).not.toContain('tapline-files');
  });

  it('start after those that they depend on', () => {
    expect(dags.dbt).toMatchObject({ startsAfter: ['tapline://acme/main/orders'] });
    expect(dags.dbt).not.toHaveProperty('schedule');
    expect(dags.orders).toMatchObject({ asset: 'tapline://acme/main/orders', schedule: '0 0 * * *' });
  });

  it('tell Slack by a file that the pods of the Airflow have, and tasks have not', () => {
    expect(dags.orders).toMatchObject({ slackWebhookFile: '/run/secrets/told/slack' });
    const spec: any = podOf(named('Deployment', 'airflow-main-scheduler'))?.spec;
    expect(spec.containers[0].volumeMounts.map(({ mountPath }: any) => mountPath)).toContain(
      '/run/secrets/told',
    );
    expect(JSON.stringify(dags.orders.tasks)).not.toContain('told');
  });

  it('may be given pods in the namespaces of their tasks, and nowhere else', () => {
    const roles = manifests.filter(({ kind }) => kind === 'Role');
    expect(roles.map(({ metadata }) => metadata.namespace)).toEqual(['jobs']);
    const [binding]: any[] = manifests.filter(({ kind }) => kind === 'RoleBinding');
    expect(binding.subjects).toEqual([
      { kind: 'ServiceAccount', name: 'airflow-main', namespace: 'orchestration' },
    ]);
  });
});

describe('the pods of tasks', () => {
  const podOfTask = (dag: string) => dags[dag].tasks[0].pod;

  it('of a Meltano project are like those of its CronJobs, under its network policy', () => {
    const pod = podOfTask('orders');
    expect(pod.metadata).toMatchObject({
      namespace: 'jobs',
      labels: { 'app.kubernetes.io/name': 'meltano', 'app.kubernetes.io/instance': 'elt' },
    });
    expect(pod.spec).toMatchObject({
      serviceAccountName: 'meltano-elt',
      initContainers: [{ name: 'cloud-sql-proxy', restartPolicy: 'Always' }],
      containers: [
        { name: 'meltano', workingDir: '/project', command: ['meltano', 'run', 'tap-a', 'target-b'] },
      ],
    });
  });

  it('of a command run as the tasks of the Airflow, on their pool, with their secrets as files', () => {
    const { spec } = podOfTask('dbt');
    expect(spec).toMatchObject({
      serviceAccountName: 'tasks-main',
      nodeSelector: { 'tapline.dev/pool': 'tasks' },
      tolerations: [{ effect: 'NoSchedule' }],
      containers: [{ name: 'base', args: ['tapline', 'dbt', 'build'] }],
    });
    expect(JSON.stringify(spec.volumes)).toContain('"secretProviderClass":"warehouse"');
    expect(named('ServiceAccount', 'tasks-main').metadata).toMatchObject({
      namespace: 'jobs',
      annotations: { 'iam.gke.io/gcp-service-account': 'acme-tasks-main@acme-data.iam.gserviceaccount.com' },
    });
  });

  it('may reach what the configuration says, and the Airflow may reach the Kubernetes API', () => {
    const tasks: any = named('NetworkPolicy', 'tasks-main');
    expect(tasks.metadata.namespace).toBe('jobs');
    expect(tasks.spec.podSelector.matchLabels).toEqual({
      'app.kubernetes.io/name': 'airflow-task',
      'app.kubernetes.io/instance': 'main',
    });
    expect(tasks.spec.egress).toContainEqual({
      to: [{ ipBlock: { cidr: '10.9.0.0/16' } }],
      ports: [{ port: 5432, protocol: 'TCP' }],
    });
    const api: any = named('NetworkPolicy', 'airflow-main');
    expect(api.metadata.namespace).toBe('orchestration');
    expect(api.spec.egress).toContainEqual({
      to: [{ ipBlock: { cidr: '10.40.0.0/20' } }],
      ports: [{ port: 443, protocol: 'TCP' }],
    });
    expect(
      manifests.filter(
        ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name.includes('starts-pods'),
      ),
    ).toEqual([]);
  });
});

it('a platform whose pipelines are CronJobs has none of it', () => {
  const plain = manifestsOf(
    synth(`
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
airflow: { main: {} }
meltano: { elt: {} }
pipelines: { orders: { meltano: elt, run: x } }
`),
  );
  expect(plain.filter(({ metadata }) => metadata.name.includes('pipelines'))).toEqual([]);
  expect(plain.filter(({ kind }) => kind === 'Role')).toEqual([]);
});
