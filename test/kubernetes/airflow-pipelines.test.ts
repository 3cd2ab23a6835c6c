import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type PipelineDag,
  type PipelineTask,
  renderPipelineFiles,
} from '../../src/kubernetes/airflow-pipelines-document';
import { renderTaskPod } from '../../src/kubernetes/airflow-pipelines-pod';

const template = renderTaskPod({
  labels: { app: 'airflow-task', instance: 'main', component: 'orders', partOf: 'acme' },
  image: 'x:1',
  command: ['echo', '{{ no template }}'],
  runAs: { user: 10001, group: 10001 },
  serviceAccount: 'tasks-main',
  placement: { nodeSelector: { pool: 'tasks' }, tolerations: [] },
  env: [{ name: 'TOKEN', secret: 'taps', key: 'token' }],
  secretDelivery: 'addon',
  resources: { requests: { cpu: '1' }, limits: { cpu: '2' } },
});

const task = (id: string, changes: Partial<PipelineTask> = {}): PipelineTask => ({
  id,
  namespace: 'jobs',
  podName: id,
  template,
  env: {},
  dependsOn: [],
  triggerRule: 'all_success',
  pool: 'default_pool',
  poolSlots: 1,
  retries: 2,
  retryDelaySeconds: 300,
  timeoutSeconds: 600,
  xcom: false,
  ...changes,
});

const dag = (
  id: string,
  tasks: readonly PipelineTask[],
  changes: Partial<PipelineDag> = {},
): PipelineDag => ({
  id,
  pipeline: id,
  description: '',
  owner: 'data',
  tags: [],
  timeZone: 'Etc/UTC',
  startDate: '2026-01-01',
  catchup: false,
  maxActiveRuns: 1,
  deferrable: false,
  onFinishAction: 'delete_pod',
  tasks,
  ...changes,
});

const documentsOf = (dags: readonly PipelineDag[]) =>
  renderPipelineFiles({ name: 'airflow-main-pipelines', dags })
    .slice(1)
    .flatMap(({ data }) => Object.values(data));

const only = (one: PipelineDag) => JSON.parse(documentsOf([one])[0]!).dags[one.id];

describe('the files of pipelines', () => {
  it('are a ConfigMap with the factory, and one for each document', () => {
    const [code, document] = renderPipelineFiles({ name: 'pipelines', dags: [dag('a', [task('a')])] });
    expect(Object.values(code?.paths ?? {})).toEqual(
      expect.arrayContaining(['dags/.airflowignore', 'dags/tapline_00.py', 'dags/tapline_dags/factory.py']),
    );
    expect(Object.keys(code?.data ?? {})).toEqual(Object.keys(code?.paths ?? {}));
    expect(document).toMatchObject({
      configMap: 'pipelines-00',
      paths: { 'pipelines-00.json': 'pipelines-00.json' },
    });
  });

  it('hold the factory as it is in dags/tapline_dags', () => {
    const [code] = renderPipelineFiles({ name: 'pipelines', dags: [dag('a', [task('a')])] });
    const folder = join(__dirname, '../../dags/tapline_dags');
    const names = readdirSync(folder).filter((name) => name.endsWith('.py'));
    const held = Object.keys(code?.data ?? {}).filter((name) => name.startsWith('tapline_dags.'));
    expect(held.sort()).toEqual(names.map((name) => `tapline_dags.${name}`).sort());
    for (const name of names) {
      expect(code?.data[`tapline_dags.${name}`]).toBe(readFileSync(join(folder, name), 'utf8'));
    }
  });

  it('have a line for each DAG, so that one can be read without the others', () => {
    const [text = ''] = documentsOf([dag('a', [task('a')]), dag('b', [task('b')])]);
    const lines = text.split('\n');
    expect(lines[0]).toMatch(/^\{"version":1,.*"dags":\{$/);
    expect(lines[1]).toMatch(/^"a":\{.*\},$/);
    expect(lines[2]).toMatch(/^"b":\{.*\}$/);
    expect(Object.keys(JSON.parse(text).dags)).toEqual(['a', 'b']);
  });

  it('are split so that each fits into a ConfigMap and a fault costs few DAGs', () => {
    const many = Array.from({ length: 130 }, (_, i) => dag(`d${i}`, [task('t')]));
    const sizes = documentsOf(many).map((text) => Object.keys(JSON.parse(text).dags).length);
    expect(sizes).toEqual([100, 30]);
    const large = Array.from({ length: 5 }, (_, i) =>
      dag(`d${i}`, [task('t', { env: { QUERY: 'é'.repeat(150_000) } })]),
    );
    const documents = documentsOf(large);
    expect(documents.map((text) => Object.keys(JSON.parse(text).dags).length)).toEqual([2, 2, 1]);
    for (const text of documents) expect(Buffer.byteLength(text)).toBeLessThan(950_000);
  });

  it('are none where there is no pipeline', () => {
    expect(renderPipelineFiles({ name: 'pipelines', dags: [] })).toEqual([]);
  });
});

describe('a task', () => {
  it('has a whole pod that ends in time by itself', () => {
    const [{ pod }] = only(dag('a', [task('a', { podName: 'orders' })])).tasks;
    expect(pod).toMatchObject({
      kind: 'Pod',
      metadata: { name: 'orders', namespace: 'jobs', labels: { 'app.kubernetes.io/name': 'airflow-task' } },
      spec: {
        activeDeadlineSeconds: 600,
        restartPolicy: 'Never',
        serviceAccountName: 'tasks-main',
        nodeSelector: { pool: 'tasks' },
        automountServiceAccountToken: false,
      },
    });
    expect(pod.spec.containers).toHaveLength(1);
    expect(pod.spec.containers[0].args).toEqual(['tapline', 'echo', '{{ no template }}']);
  });

  it('tells of the end of its pipeline itself where it is the only last one', () => {
    const tasks = [task('a'), task('b', { dependsOn: ['a'] })];
    const made = only(dag('x', tasks, { asset: 'tapline://x' })).tasks;
    expect(made.map(({ id, last }: { id: string; last: boolean }) => [id, last])).toEqual([
      ['a', false],
      ['b', true],
    ]);
  });

  it.each([
    ['there are several last ones', [task('a'), task('b')], ['a', 'b']],
    ['it may be skipped', [task('a', { days: { text: 'on every-sunday', weekday: 0, not: false } })], ['a']],
  ])('leaves that to one that waits where %s', (_, tasks, ends) => {
    const made = only(dag('x', tasks, { asset: 'tapline://x' })).tasks;
    expect(made.at(-1)).toEqual({
      id: 'done',
      dependsOn: ends,
      triggerRule: 'none_failed_min_one_success',
      last: true,
    });
    expect(only(dag('x', tasks)).tasks).toHaveLength(tasks.length);
  });
});

it('the sidecar that holds a result is admitted by the level restricted and cannot fill the node', () => {
  const [, document] = renderPipelineFiles({
    name: 'pipelines',
    xcomSidecarImage: 'alpine:3',
    dags: [dag('a', [task('a', { xcom: true })])],
  });
  expect(JSON.parse(Object.values(document!.data)[0]!).xcomSidecar).toMatchObject({
    container: {
      name: 'airflow-xcom-sidecar',
      image: 'alpine:3',
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
      },
      resources: { limits: { memory: '32Mi' } },
      volumeMounts: [{ name: 'xcom', mountPath: '/airflow/xcom' }],
    },
    volume: { name: 'xcom', emptyDir: { sizeLimit: '16Mi' } },
  });
});
