import type { AppLabels } from '../src/kubernetes/labels';
import type { Cluster, Originated, Platform } from '../src/model/platform';
import { airflowName } from './airflow-props';

/** Pods whose port `metrics` Prometheus reads. */
export interface MetricsTarget extends Originated {
  readonly name: string;
  readonly namespace: string;
  /** Labels of the pods, of the Service before them, and of what has them read. */
  readonly labels: AppLabels;
  /** Labels of the series, and the labels of the pods that they are taken from. */
  readonly fromPod: Readonly<Record<string, string>>;
}

/** What on a cluster has metrics for Prometheus. */
export function metricsTargets(platform: Platform, cluster: Cluster): MetricsTarget[] {
  const airflow = platform.airflow
    .filter((airflow) => airflow.cluster === cluster.key && airflow.metrics.kind === 'statsd')
    .map((airflow) => ({
      name: airflowName(airflow, 'statsd'),
      namespace: airflow.namespace,
      labels: { app: 'airflow', instance: airflow.key, component: 'statsd', partOf: platform.prefix },
      fromPod: { airflow: 'app.kubernetes.io/instance' },
      origin: airflow.origin,
    }));
  const runners = platform.gitlabRunners
    .filter((runner) => runner.cluster === cluster.key)
    .map(({ key, namespace, origin }) => ({
      name: `gitlab-runner-${key}`,
      namespace,
      labels: { app: 'gitlab-runner', instance: key, component: 'runner', partOf: platform.prefix },
      fromPod: { runner_manager: 'app.kubernetes.io/instance' },
      origin,
    }));
  return [...airflow, ...runners];
}
