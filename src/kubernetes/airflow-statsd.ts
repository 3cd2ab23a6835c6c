import { Construct } from 'constructs';
import { airflowPorts } from './airflow-ports';
import { hardenedContainer } from './container';
import { Deployment } from './deployment';
import { type ObjectProps, renderLabels, renderMetadata, selectorLabels } from './labels';
import { hashed } from './names';
import { type PodPlacement, renderPodTemplate } from './pod';
import { ConfigMap } from './plus';
import { Service } from './service';
import { configFiles } from './volumes';

const folder = '/etc/statsd-exporter';

/** Timers become summaries, and what a DAG that is gone once sent is forgotten. */
const defaults = `defaults:
  observer_type: summary
  ttl: 1h
`;

/**
 * Airflow sends ids of DAGs and tasks as tags, which become labels. Airflow 2 sends the same a second time with the ids
 * in the names, which would be a metric for each DAG and task.
 */
const withoutLegacyNames = `${defaults}mappings:
  - match: '^airflow\\.(dag\\..+|dagrun\\.(duration\\.(success|failed)|schedule_delay|dependency-check)\\..+|dagrun\\.[^.]+\\.first_task_scheduling_delay|dag_processing\\.last_(duration|run\\.seconds_(ago|since))\\..+|task_(removed_from|restored_to)_dag\\..+|ti\\.(start|finish)\\..+|operator_(failures|successes)_.+|task_instance_created[-_].+)$'
    match_type: regex
    action: drop
    name: dropped
`;

export interface AirflowStatsdProps extends ObjectProps {
  /** Image of statsd-exporter, 0.26 or later. */
  readonly image: string;
  /** Whether the Airflow sends everything a second time with ids in the names, as Airflow 2 does. */
  readonly legacyNames: boolean;
  readonly serviceAccount: string;
  readonly placement: PodPlacement;
}

/**
 * Takes what Airflow sends by StatsD and shows it to Prometheus, at the port `metrics`.
 * @see https://github.com/prometheus/statsd_exporter
 */
export class AirflowStatsd extends Construct {
  constructor(scope: Construct, id: string, props: AirflowStatsdProps) {
    super(scope, id);
    const { name, namespace, labels } = props;
    const selector = selectorLabels(labels);
    const mappings = props.legacyNames ? withoutLegacyNames : defaults;
    const configMap = hashed(name, mappings);
    new ConfigMap(this, 'Mappings', {
      metadata: renderMetadata({ name: configMap, namespace, labels }),
      data: { 'mappings.yaml': mappings },
      immutable: true,
    });
    new Service(this, 'Service', {
      name,
      namespace,
      labels,
      selector,
      ports: { metrics: airflowPorts.statsdMetrics },
      udpPorts: { statsd: airflowPorts.statsd },
    });
    const check = { kind: 'http', path: '/-/healthy', port: airflowPorts.statsdMetrics } as const;
    new Deployment(this, 'Deployment', {
      name,
      namespace,
      labels,
      // Two would each know a part of what was counted.
      replicas: 1,
      strategy: 'Recreate',
      selector,
      template: renderPodTemplate({
        labels: renderLabels(labels),
        serviceAccount: props.serviceAccount,
        volumeGroup: 65534,
        placement: props.placement,
        containers: [
          hardenedContainer({
            name: 'statsd-exporter',
            image: props.image,
            args: [
              `--statsd.mapping-config=${folder}/mappings.yaml`,
              `--statsd.listen-udp=:${airflowPorts.statsd}`,
              '--statsd.listen-tcp=',
              `--web.listen-address=:${airflowPorts.statsdMetrics}`,
            ],
            // No secret reaches it.
            secretDelivery: 'addon',
            ports: { metrics: airflowPorts.statsdMetrics },
            udpPorts: { statsd: airflowPorts.statsd },
            resources: {
              requests: { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
              limits: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '64Mi' },
            },
            runAs: { user: 65534, group: 65534 },
            mounts: [configFiles('mappings', folder, configMap)],
            startupProbe: { check, periodSeconds: 2, failureThreshold: 30 },
            livenessProbe: { check, periodSeconds: 30, failureThreshold: 3 },
            readinessProbe: { check, periodSeconds: 10, failureThreshold: 3 },
          }),
        ],
        terminationGracePeriodSeconds: 30,
        restartPolicy: 'Always',
      }),
    });
  }
}
