import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';
import { ConfigMap } from './plus';

/** A chart: what it shows, and the PromQL of its lines. */
export interface DashboardChart {
  readonly title: string;
  readonly query: string;
  /** How Grafana names a line, for example `{{dag_id}}`. */
  readonly legend: string;
}

export interface GrafanaDashboardProps extends ObjectProps {
  /** What people see. */
  readonly title: string;
  readonly charts: readonly DashboardChart[];
}

/** Charts side by side, on Grafana's grid of 24 columns. */
const [width, height] = [12, 8];

/**
 * A dashboard that the Grafana of kube-prometheus-stack finds by its label, in every namespace.
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export class GrafanaDashboard extends Construct {
  constructor(scope: Construct, id: string, props: GrafanaDashboardProps) {
    super(scope, id);
    const metadata = renderMetadata(props);
    new ConfigMap(this, 'Resource', {
      metadata: { ...metadata, labels: { ...metadata.labels, grafana_dashboard: '1' } },
      data: { [`${props.name}.json`]: `${JSON.stringify(dashboardOf(props), undefined, 2)}\n` },
    });
  }
}

function dashboardOf({ name, title, charts }: GrafanaDashboardProps): object {
  return {
    uid: name.slice(0, 40),
    title,
    schemaVersion: 39,
    time: { from: 'now-24h', to: 'now' },
    refresh: '1m',
    // Whoever looks chooses the Prometheus: the dashboard names none.
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] },
    panels: charts.map(({ title: what, query, legend }, i) => ({
      id: i + 1,
      type: 'timeseries',
      title: what,
      datasource: { type: 'prometheus', uid: '${datasource}' },
      gridPos: { x: (i * width) % 24, y: Math.floor((i * width) / 24) * height, w: width, h: height },
      targets: [{ refId: 'A', expr: query, legendFormat: legend }],
    })),
  };
}
