import type { AirflowDags } from '../src/kubernetes/airflow-dags';
import { pgbouncerUser } from '../src/kubernetes/airflow-pgbouncer';
import { airflowPorts } from '../src/kubernetes/airflow-ports';
import type { AirflowProps } from '../src/kubernetes/airflow-props';
import type { AppLabels } from '../src/kubernetes/labels';
import type { Airflow, AirflowPipelines, Platform } from '../src/model/platform';
import { airflowFilesOf } from './airflow-files';
import { serviceAccountOf, toPodPlacement, toProxy } from './translate';

/** A component, as its labels and the names of its objects call it. */
export type AirflowComponentName =
  'api-server' | 'scheduler' | 'dag-processor' | 'triggerer' | 'migrate' | 'provision' | 'worker';

/** Which resources it has. */
const measures = {
  'api-server': 'apiServer',
  scheduler: 'scheduler',
  'dag-processor': 'dagProcessor',
  triggerer: 'triggerer',
  // They import no DAGs and run once; the scheduler's measure is enough.
  migrate: 'scheduler',
  provision: 'scheduler',
} as const;

/** What the objects of an Airflow share, made once for all of its components. */
export interface AirflowShared {
  readonly dags: AirflowDags;
  readonly webserverConfig?: { readonly configMap: string; readonly secrets: readonly string[] };
  readonly podTemplate?: string;
}

/** Name of an object of an Airflow. */
export function airflowName(airflow: Airflow, part: string): string {
  return `airflow-${airflow.key}-${part}`;
}

/** What the Airflow runs of the platform's pipelines. */
export function pipelinesOf(platform: Platform, airflow: Airflow): AirflowPipelines | undefined {
  return platform.airflowPipelines.find((pipelines) => pipelines.airflow === airflow.key);
}

/** Namespaces that tasks of the Airflow make pods in, sorted. */
export function podNamespacesOf(platform: Platform, airflow: Airflow): string[] {
  const namespaces = [...airflow.podNamespaces, ...(pipelinesOf(platform, airflow)?.namespaces ?? [])];
  return [...new Set(namespaces)].sort();
}

/** The model's Airflow as its constructs take it. */
export function airflowProps(
  platform: Platform,
  airflow: Airflow,
  name: AirflowComponentName,
  labels: AppLabels,
  shared: AirflowShared,
): AirflowProps {
  const { worker, metrics, logs, keyReferences } = airflow;
  const isWorker = name === 'worker' && worker !== null;
  return {
    name: airflowName(airflow, name),
    namespace: airflow.namespace,
    labels,
    image: airflow.image.reference,
    release: airflow.release,
    executor: airflow.executor,
    runAs: airflow.runAs,
    serviceAccount: serviceAccountOf(isWorker ? worker.identity : airflow.identity),
    placement: toPodPlacement(isWorker ? worker.placement : airflow.placement),
    env: airflow.env,
    secretDelivery: platform.secretDelivery,
    proxy: toProxy(airflow.database),
    connectionUrl: airflow.connectionUrl,
    ...(airflow.pgbouncer === null
      ? {}
      : {
          pgbouncer: {
            host: airflowName(airflow, 'pgbouncer'),
            port: airflowPorts.pgbouncer,
            user: pgbouncerUser,
            password: airflow.pgbouncer.password,
            database: airflow.database.database,
          },
        }),
    keys: keyReferences,
    apiService: airflowName(airflow, serverOf(airflow)),
    ...(airflow.host === null ? {} : { baseUrl: `https://${airflow.host}` }),
    ...(shared.webserverConfig === undefined ? {} : { webserverConfig: shared.webserverConfig }),
    logs: logs.kind === 'bucket' ? logs : { kind: 'volume', claim: airflowName(airflow, 'logs') },
    ...(metrics.kind === 'none'
      ? {}
      : {
          metrics: metrics.kind === 'otel' ? metrics : { ...metrics, host: airflowName(airflow, 'statsd') },
        }),
    parallelism: airflow.parallelism,
    drainSeconds: airflow.drainSeconds,
    dags: shared.dags,
    files: airflowFilesOf(platform, airflow),
    dagSecrets: pipelinesOf(platform, airflow)?.alertSecrets.map(({ key }) => key) ?? [],
    ...(shared.podTemplate === undefined ? {} : { podTemplate: shared.podTemplate }),
    makesPods: podNamespacesOf(platform, airflow).length > 0,
    resources: isWorker
      ? worker.resources
      : airflow.resources[measures[name === 'worker' ? 'scheduler' : name]],
  };
}

/** What the component is called that serves the pages. */
export function serverOf({ release }: Airflow): 'webserver' | 'api-server' {
  return release === '2.11' ? 'webserver' : 'api-server';
}
