import { airflowPorts } from '../src/kubernetes/airflow-ports';
import { instanceLabels } from '../src/kubernetes/labels';
import {
  kubernetesApiEgress,
  namespaceRule,
  type NetworkRule,
  podRule,
  udpPodRule,
} from '../src/kubernetes/network-policy';
import type { Airflow, AirflowMetrics, Platform } from '../src/model/platform';
import { podNamespacesOf } from './airflow-props';
import { scrapeIngress, workloadEgress } from './translate';

/** What the pods of an Airflow may receive and send. */
export function airflowTraffic(
  platform: Platform,
  airflow: Airflow,
): { readonly ingress: readonly NetworkRule[]; readonly egress: readonly NetworkRule[] } {
  const { api, taskLogs, triggerLogs, pgbouncer, statsd, statsdMetrics } = airflowPorts;
  const { metrics, database } = airflow;
  const pods = instanceLabels({ app: 'airflow', instance: airflow.key });
  const among = [
    podRule(pods, [api, taskLogs, triggerLogs, ...(airflow.pgbouncer === null ? [] : [pgbouncer])]),
    ...(metrics.kind === 'statsd' ? [udpPodRule(pods, statsd)] : []),
  ];
  const asksKubernetes =
    airflow.executor === 'KubernetesExecutor' || podNamespacesOf(platform, airflow).length > 0;
  return {
    ingress: [...among, ...(metrics.kind === 'statsd' ? scrapeIngress(platform, statsdMetrics) : [])],
    egress: [
      ...workloadEgress(platform, { database, egress: airflow.egress }),
      ...among,
      ...(asksKubernetes ? [kubernetesApiEgress(platform.network.nodesCidr)] : []),
      ...collectorEgress(metrics),
    ],
  };
}

/** A collector of the cluster; one outside is reached on port 443, or by what the configuration opens. */
function collectorEgress(metrics: AirflowMetrics): NetworkRule[] {
  if (metrics.kind !== 'otel') return [];
  const url = new URL(metrics.endpoint);
  const namespace = /^[^.]+\.([^.]+)\.svc(\.|$)/.exec(url.hostname)?.[1];
  return namespace === undefined ? [] : [namespaceRule([namespace], [Number(url.port)])];
}
