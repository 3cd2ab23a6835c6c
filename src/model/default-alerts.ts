import type { ConfigPath } from '../config/problem';
import type { Alert, Severity } from './types/operations';

/** What the alerts that every platform gets look at. */
export interface Watched {
  readonly project: string;
  readonly prefix: string;
  /** Names of the clusters. */
  readonly clusters: readonly string[];
  /** Names of the Cloud SQL instances. */
  readonly databases: readonly string[];
}

type Draft = Pick<Alert, 'key' | 'condition' | 'summary'> & {
  readonly title: string;
  readonly severity: Severity;
};

/**
 * Alerts for what goes wrong on every platform. Only metrics and logs that Google collects without any agent.
 * @see https://cloud.google.com/monitoring/api/metrics_gcp
 */
export function defaultAlerts(
  watched: Watched,
  channels: readonly string[],
  origin: ConfigPath,
  team: string | null,
): Alert[] {
  return [...clusterAlerts(watched), ...databaseAlerts(watched)].map(({ title, ...draft }) => ({
    ...draft,
    displayName: `${watched.prefix}: ${title}`,
    team,
    channels,
    origin,
  }));
}

function clusterAlerts({ clusters }: Watched): Draft[] {
  const names = clusters.map((name) => JSON.stringify(name)).join(' OR ');
  return [
    {
      key: 'pods-crash-looping',
      title: 'a container crashes again and again',
      condition: promql(
        `sum by (cluster_name, namespace_name, pod_name, container_name) (increase(kubernetes_io:container_restart_count{monitored_resource="k8s_container",cluster_name=~"${clusters.join('|')}"}[15m])) > 3`,
        300,
      ),
      severity: 'ERROR',
      summary:
        'It restarted more than three times in 15 minutes. `kubectl -n NAMESPACE logs POD --previous` shows why it ended; exit code 137 is too little memory.',
    },
    {
      key: 'job-failed',
      title: 'a pipeline or another Job failed',
      condition: {
        kind: 'log',
        filter: [
          'resource.type="k8s_cluster"',
          `resource.labels.cluster_name=(${names})`,
          'log_id("events")',
          'jsonPayload.involvedObject.kind="Job"',
          'jsonPayload.reason=("BackoffLimitExceeded" OR "DeadlineExceeded" OR "PodFailurePolicy")',
        ].join(' AND '),
      },
      severity: 'ERROR',
      summary:
        'All its attempts failed, or it took longer than it may. The entry names the Job; `kubectl -n NAMESPACE logs job/NAME` shows its output, Cloud Logging also after it was removed.',
    },
  ];
}

function databaseAlerts({ project, databases }: Watched): Draft[] {
  if (databases.length === 0) return [];
  const instances = `monitored_resource="cloudsql_database",database_id=~"${databases.map((name) => `${project}:${name}`).join('|')}"`;
  const ids = databases.map((name) => JSON.stringify(`${project}:${name}`)).join(' OR ');
  return [
    {
      key: 'database-disk-filling',
      title: 'the disk of a database is fuller than 80 %',
      condition: promql(`cloudsql_googleapis_com:database_disk_utilization{${instances}} > 0.8`, 600),
      severity: 'WARNING',
      summary:
        'It grows by itself, and never shrinks again: find what grows before it costs. Replication slots and old transactions keep logs.',
    },
    {
      key: 'database-cpu-high',
      title: 'a database has used more than 90 % of its processors for 15 minutes',
      condition: promql(`cloudsql_googleapis_com:database_cpu_utilization{${instances}} > 0.9`, 900),
      severity: 'WARNING',
      summary: 'Query Insights shows which statements; a larger `tier` restarts the instance.',
    },
    {
      key: 'database-memory-high',
      title: 'a database has used more than 95 % of its memory for 15 minutes',
      condition: promql(`cloudsql_googleapis_com:database_memory_utilization{${instances}} > 0.95`, 900),
      severity: 'WARNING',
      summary: 'PostgreSQL is about to be ended by the kernel. Fewer connections, or a larger `tier`.',
    },
    {
      key: 'database-down',
      title: 'a database does not answer',
      condition: promql(`cloudsql_googleapis_com:database_up{${instances}} < 1`, 300),
      severity: 'CRITICAL',
      summary:
        'Nothing that needs it runs. `gcloud sql operations list` shows whether it is being maintained.',
    },
    {
      key: 'database-backup-failed',
      title: 'a backup of a database failed',
      condition: {
        kind: 'log',
        filter: [
          'resource.type="cloudsql_database"',
          `resource.labels.database_id=(${ids})`,
          'log_id("cloudaudit.googleapis.com/system_event")',
          'protoPayload.methodName="cloudsql.instances.automatedBackup"',
          'protoPayload.metadata.windowStatus=~"(?i)fail|miss"',
        ].join(' AND '),
      },
      severity: 'CRITICAL',
      summary:
        'There may be none for today: `gcloud sql backups create --instance INSTANCE` makes one at once.',
    },
  ];
}

function promql(query: string, durationSeconds: number): Alert['condition'] {
  return { kind: 'promql', query, durationSeconds };
}
