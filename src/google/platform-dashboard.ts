import { MonitoringDashboard } from '@cdktf/provider-google/lib/monitoring-dashboard';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface PlatformDashboardProps extends ProjectEntityProps {
  /** What people see. */
  readonly displayName: string;
  /** Names of the clusters. */
  readonly clusters: readonly string[];
  /**
   * `PROJECT:INSTANCE` of the databases.
   * @default - none; their charts are left out
   */
  readonly databases?: readonly string[];
  /**
   * Further charts, after those of the clusters and the databases.
   * @default - none
   */
  readonly charts?: readonly MetricChart[];
}

/** A chart: what it shows, and the PromQL of its lines. */
export interface MetricChart {
  readonly title: string;
  readonly query: string;
}

/** Columns and rows of one chart on the grid of the dashboard. */
const columns = 48;
const width = 16;
const height = 16;

/**
 * What a team looks at first when something is wrong: what the cluster has left, which pods restart, which Jobs ran
 * and failed, how the databases are, and the errors in the logs.
 *
 * @see https://cloud.google.com/monitoring/api/ref_v3/rest/v1/projects.dashboards
 */
export class PlatformDashboard extends Construct {
  readonly dashboard: MonitoringDashboard;

  constructor(scope: Construct, id: string, props: PlatformDashboardProps) {
    super(scope, id);
    this.dashboard = setAddress(
      new MonitoringDashboard(this, 'dashboard', {
        project: props.project,
        dashboardJson: JSON.stringify(dashboardOf(props)),
        ...dependencies(props),
      }),
      id,
    );
  }
}

function dashboardOf({
  displayName,
  clusters,
  databases = [],
  charts: further = [],
}: PlatformDashboardProps): object {
  const cluster = `cluster_name=~"${clusters.join('|')}"`;
  const charts = [
    ...clusterCharts(cluster),
    ...(databases.length === 0 ? [] : databaseCharts(databases)),
    ...further,
  ];
  const logsRow = Math.ceil((charts.length * width) / columns) * height;
  return {
    displayName,
    mosaicLayout: {
      columns,
      tiles: [
        ...charts.map((chart, i) =>
          tile((i * width) % columns, Math.floor((i * width) / columns) * height, width, chartWidget(chart)),
        ),
        tile(0, logsRow, columns, {
          title: 'Errors in the logs of the workloads',
          logsPanel: {
            filter: `resource.type="k8s_container" AND resource.labels.cluster_name=~"^(${clusters.join('|')})$" AND severity>=ERROR`,
          },
        }),
      ],
    },
  };
}

function clusterCharts(cluster: string): MetricChart[] {
  const container = `monitored_resource="k8s_container",${cluster}`;
  const node = `monitored_resource="k8s_node",${cluster}`;
  return [
    {
      title: 'Processors of the nodes in use (part of what pods may have)',
      query: `avg by (node_name) (kubernetes_io:node_cpu_allocatable_utilization{${node}})`,
    },
    {
      title: 'Memory of the nodes in use (part of what pods may have)',
      query: `sum by (node_name) (kubernetes_io:node_memory_allocatable_utilization{${node},memory_type="non-evictable"})`,
    },
    {
      title: 'Restarts of containers in 15 minutes',
      query: `sum by (namespace_name, pod_name) (increase(kubernetes_io:container_restart_count{${container}}[15m])) > 0`,
    },
    {
      title: 'Memory of containers (part of their limit)',
      query: `max by (namespace_name, pod_name) (kubernetes_io:container_memory_limit_utilization{${container},memory_type="non-evictable"})`,
    },
    {
      title: 'Warnings of Kubernetes, failed Jobs among them',
      query: `sum by (cluster_name) (increase(logging_googleapis_com:log_entry_count{monitored_resource="k8s_cluster",log="events",severity="WARNING",${cluster}}[10m]))`,
    },
    {
      title: 'Errors logged by namespace',
      query: `sum by (namespace_name) (increase(logging_googleapis_com:log_entry_count{${container},severity=~"ERROR|CRITICAL|ALERT|EMERGENCY"}[10m]))`,
    },
  ];
}

function databaseCharts(databases: readonly string[]): MetricChart[] {
  const instance = `monitored_resource="cloudsql_database",database_id=~"${databases.join('|')}"`;
  return [
    {
      title: 'Processors of the databases',
      query: `max by (database_id) (cloudsql_googleapis_com:database_cpu_utilization{${instance}})`,
    },
    {
      title: 'Disks of the databases',
      query: `max by (database_id) (cloudsql_googleapis_com:database_disk_utilization{${instance}})`,
    },
    {
      title: 'Connections to the databases',
      query: `sum by (database_id, database) (cloudsql_googleapis_com:database_postgresql_num_backends{${instance}})`,
    },
  ];
}

function chartWidget({ title, query }: MetricChart): object {
  return {
    title,
    xyChart: {
      dataSets: [{ plotType: 'LINE', timeSeriesQuery: { prometheusQuery: query } }],
    },
  };
}

/** Google leaves out positions of 0 when it tells what it has, and the plan would never settle with them. */
function tile(xPos: number, yPos: number, tileWidth: number, widget: object): object {
  return {
    ...(xPos === 0 ? {} : { xPos }),
    ...(yPos === 0 ? {} : { yPos }),
    width: tileWidth,
    height,
    widget,
  };
}
