import { manifestsOf, platformOf, synth } from './platform-fixture';

const platform = (monitoring: string) => `
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
airflow:
  main: { metrics: statsd, host: airflow.example.com }
  quiet: { database: airflow/quiet }
databases: { airflow: { databases: [airflow, quiet] } }
${monitoring}
`;

const made = new Map<string, any[]>();

/** The objects of a kind; each text is synthesized once. */
function of(text: string, kind: string): any[] {
  const manifests = made.get(text) ?? manifestsOf(synth(text));
  made.set(text, manifests);
  return manifests.filter((manifest) => manifest.kind === kind);
}

/** Who may come to the port of the exporter. */
const scrapers = (text: string): string[] =>
  of(text, 'NetworkPolicy')
    .flatMap(({ spec }) => spec.ingress ?? [])
    .filter(({ ports }) => ports.some(({ port }: { port: number }) => port === 9102))
    .flatMap(({ from }) => from)
    .flatMap(({ namespaceSelector }) => Object.values<string>(namespaceSelector?.matchLabels ?? {}));

describe('with the Prometheus of GKE', () => {
  const managed = platform(`
monitoring:
  team: data
  rules:
    queue-long: { expr: max(airflow_executor_queued_tasks) > 100, severity: s3, for: 1h, summary: Too many. }
    untold: { expr: up == 0, team: web }
`);

  it('the exporter of an Airflow is read, by its port, with the name of the Airflow on every series', () => {
    expect(of(managed, 'PodMonitoring')).toMatchObject([
      {
        apiVersion: 'monitoring.googleapis.com/v1',
        metadata: { name: 'airflow-main-statsd', namespace: 'acme' },
        spec: {
          selector: {
            matchLabels: { 'app.kubernetes.io/instance': 'main', 'app.kubernetes.io/component': 'statsd' },
          },
          endpoints: [{ port: 'metrics' }],
          targetLabels: { fromPod: [{ from: 'app.kubernetes.io/instance', to: 'airflow' }] },
        },
      },
    ]);
    expect(scrapers(managed)).toEqual(['gke-gmp-system', 'gmp-system']);
  });

  it('rules are judged with expr, for, severity and team, those of every Airflow with metrics among them', () => {
    const [rules] = of(managed, 'Rules');
    const alerts = rules.spec.groups[0].rules;
    expect(alerts.map(({ alert }: { alert: string }) => alert)).toEqual([
      'airflow-main-dag-run-failed',
      'airflow-main-import-errors',
      'airflow-main-scheduler-silent',
      'airflow-main-tasks-starving',
      'airflow-main-triggerer-silent',
      'queue-long',
      'untold',
    ]);
    expect(alerts.at(-2)).toEqual({
      alert: 'queue-long',
      expr: 'max(airflow_executor_queued_tasks) > 100',
      for: '1h',
      labels: { severity: 's3', team: 'data' },
      annotations: { summary: 'Too many.' },
    });
    expect(alerts.at(-1).labels).toEqual({ severity: 'warning', team: 'web' });
    expect(alerts.every(({ labels }: { labels: object }) => 'team' in labels)).toBe(true);
  });

  it('the dashboard of the project shows the Airflow, and a check from outside asks for its health', () => {
    const { dashboard, uptime } = platformOf(managed).operations;
    expect(dashboard?.charts.map(({ title }) => title)).toContain(
      'Airflow main: failed runs in an hour, by DAG',
    );
    expect(uptime).toMatchObject([
      { key: 'airflow-main', host: 'airflow.example.com', path: '/api/v2/monitor/health', statuses: [] },
    ]);
  });

  it('metrics are read although nobody is told of anything', () => {
    const bare = platform('');
    expect(of(bare, 'PodMonitoring')).toHaveLength(1);
    expect(of(bare, 'Rules')).toEqual([]);
  });

  it('a check of the same host takes the place of the one that the host brings', () => {
    const { uptime } = platformOf(
      platform('monitoring: { uptime: { web: { host: airflow.example.com, statuses: [302] } } }'),
    ).operations;
    expect(uptime.map(({ key }) => key)).toEqual(['web']);
  });

  it('behind Identity-Aware Proxy the way to its sign-in is what can be seen', () => {
    const { uptime } = platformOf(
      platform('monitoring: {}\niap: { members: { team: "group:data@example.com" } }'),
    ).operations;
    expect(uptime[0]?.statuses).toEqual([302]);
  });

  it('what is let in from inside alone is not looked at from outside', () => {
    const internal = `monitoring: {}
network: { proxyOnly: true }
ingress: { scope: internal, tls: { certManager: { issuer: corporate } } }`;
    expect(platformOf(platform(internal)).operations.uptime).toEqual([]);
    expect(
      platformOf(platform(internal.replace('scope: internal', 'scope: regional'))).operations.uptime,
    ).toHaveLength(1);
  });
});

describe('with the Prometheus operator', () => {
  const operator = platform(`
monitoring:
  prometheus: { operator: { namespace: prometheus, labels: { release: stack } } }
  rules: { down: { expr: up == 0 } }
`);

  it('reads the Service by a ServiceMonitor that it finds by its labels', () => {
    expect(of(operator, 'ServiceMonitor')).toMatchObject([
      {
        apiVersion: 'monitoring.coreos.com/v1',
        metadata: { labels: { release: 'stack' } },
        spec: {
          endpoints: [
            {
              port: 'metrics',
              relabelings: [
                {
                  sourceLabels: ['__meta_kubernetes_pod_label_app_kubernetes_io_instance'],
                  targetLabel: 'airflow',
                },
              ],
            },
          ],
        },
      },
    ]);
    const [monitor] = of(operator, 'ServiceMonitor');
    const service = of(operator, 'Service').find(({ metadata }) => metadata.name === 'airflow-main-statsd');
    expect(service.metadata.labels).toMatchObject(monitor.spec.selector.matchLabels);
    expect(service.spec.ports.map(({ name }: { name: string }) => name)).toContain('metrics');
    expect(scrapers(operator)).toEqual(['prometheus']);
    expect(of(operator, 'PodMonitoring')).toEqual([]);
  });

  it('judges the same rules as a PrometheusRule', () => {
    const [rule] = of(operator, 'PrometheusRule');
    expect(rule).toMatchObject({
      apiVersion: 'monitoring.coreos.com/v1',
      metadata: { labels: { release: 'stack' } },
    });
    expect(rule.spec.groups[0].rules.map(({ alert }: { alert: string }) => alert)).toContain('down');
  });

  it('shows the Airflow in Grafana, by the label that its side container looks for', () => {
    const [dashboard] = of(operator, 'ConfigMap').filter(
      ({ metadata }) => metadata.labels.grafana_dashboard === '1',
    );
    const { title, panels } = JSON.parse(dashboard.data['airflow-main-dashboard.json']);
    expect(title).toBe('acme: Airflow main');
    expect(panels[1]).toMatchObject({
      targets: [{ expr: expect.stringContaining('airflow_dagrun_duration_failed_count') }],
    });
    expect(platformOf(operator).operations.dashboard?.charts).toEqual([]);
  });

  it('is an operator that the manifests rely on', () => {
    expect(platformOf(operator).operators).toMatchObject([
      { key: 'prometheus-operator', namespace: 'prometheus', api: 'monitoring.coreos.com/v1' },
    ]);
  });
});

describe('with no Prometheus', () => {
  it('nothing is read, and nobody is let in', () => {
    const none = platform('monitoring: { prometheus: none }');
    expect(
      ['PodMonitoring', 'ServiceMonitor', 'Rules', 'PrometheusRule'].flatMap((kind) => of(none, kind)),
    ).toEqual([]);
    expect(scrapers(none)).toEqual([]);
  });
});

describe('with syncWaves', () => {
  const waved = manifestsOf(synth(platform('syncWaves: true\nmonitoring: { prometheus: { operator: {} } }')));

  it('every object says its place to Argo CD, in the order of the files', () => {
    const wave = (kind: string) =>
      Number(waved.find((one) => one.kind === kind)?.metadata.annotations?.['argocd.argoproj.io/sync-wave']);
    expect(
      waved.every(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-wave'] !== undefined),
    ).toBe(true);
    expect([wave('Namespace'), wave('ServiceAccount'), wave('Deployment'), wave('ServiceMonitor')]).toEqual([
      0, 10, 50, 80,
    ]);
  });

  it('only kinds that an operator defines may be unknown at first', () => {
    const lenient = waved.filter(
      ({ metadata }) => 'argocd.argoproj.io/sync-options' in (metadata.annotations ?? {}),
    );
    expect([...new Set(lenient.map(({ kind }) => kind))].sort()).toEqual([
      'PrometheusRule',
      'ServiceMonitor',
    ]);
  });
});
