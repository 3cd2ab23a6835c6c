import { ApiObject, App, type Chart, Yaml } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Cluster, Platform } from '../src/model/platform';
import type { OutputDocument, OutputFile, SourceEntry, Synthesized } from '../src/output/synthesized';
import { AirflowChart } from './airflow-chart';
import { DatabasesChart } from './databases-chart';
import { IdentitiesChart } from './identities-chart';
import { renderManualSecrets } from './manual-secrets';
import { IngressChart } from './ingress-chart';
import { MeltanoChart } from './meltano-chart';
import { MonitoringChart } from './monitoring-chart';
import { NamespacesChart } from './namespaces-chart';
import { NetworkPoliciesChart } from './network-policies-chart';
import { originOf } from './origins';
import { PeopleChart } from './people-chart';
import { PipelinesChart } from './pipelines-chart';
import { RunnersChart } from './runners-chart';
import { SecretsChart } from './secrets-chart';

/**
 * The manifests of a platform, in memory: `CLUSTER/NN-CHART.k8s.yaml`, to be applied in the order of their names.
 * Pure, and deaf to the CDK8S_ variables, so that every way of calling gives the same bytes.
 */
export function synthCharts(platform: Platform): Synthesized {
  const files: OutputFile[] = [];
  const documents: OutputDocument[] = [];
  const sources: SourceEntry[] = [];
  for (const cluster of platform.clusters) {
    for (const makeChart of chartsOf(platform, cluster)) {
      // An app of its own for each chart: cdk8s walks the whole app for every chart that it renders.
      const app = new App({ outdir: 'dist', recordConstructMetadata: false });
      const chart = makeChart(app);
      const plain = chart.toJson() as Manifest[];
      const manifests = (platform.syncWaves ? plain.map(withSyncWave(platform, chart)) : plain).map((one) =>
        sortKeys(one),
      ) as Manifest[];
      if (manifests.length === 0) continue;
      const file = `${cluster.key}/${chart.node.id}.k8s.yaml`;
      files.push({ path: file, content: Yaml.stringify(...manifests) });
      documents.push(...manifests.map((value) => ({ unit: cluster.key, file, value })));
      sources.push(...sourcesOf(cluster, chart));
    }
    const manual = renderManualSecrets(platform, cluster);
    if (manual !== undefined) files.push({ path: `${cluster.key}/20-secrets.md`, content: manual });
  }
  return { files, documents, sources, resources: sources.length };
}

function chartsOf(platform: Platform, cluster: Cluster): ((scope: Construct) => Chart)[] {
  const props = { platform, cluster };
  return [
    (scope) => new NamespacesChart(scope, props),
    (scope) => new IdentitiesChart(scope, props),
    (scope) => new PeopleChart(scope, props),
    (scope) => new SecretsChart(scope, props),
    (scope) => new NetworkPoliciesChart(scope, props),
    (scope) => new DatabasesChart(scope, props),
    ...platform.airflowPipelines
      .filter((pipelines) => pipelines.cluster === cluster.key)
      .flatMap((pipelines) =>
        platform.airflow
          .filter(({ key }) => key === pipelines.airflow)
          .map(
            (airflow) => (scope: Construct) => new PipelinesChart(scope, { ...props, airflow, pipelines }),
          ),
      ),
    ...platform.airflow
      .filter((airflow) => airflow.cluster === cluster.key)
      .map((airflow) => (scope: Construct) => new AirflowChart(scope, { ...props, airflow })),
    ...platform.meltano
      .filter((project) => project.cluster === cluster.key)
      .map((project) => (scope: Construct) => new MeltanoChart(scope, { ...props, project })),
    ...(platform.ingress?.cluster === cluster.key ? [platform.ingress] : []).map(
      (ingress) => (scope: Construct) => new IngressChart(scope, { ...props, ingress }),
    ),
    (scope) => new RunnersChart(scope, props),
    (scope) => new MonitoringChart(scope, props),
  ];
}

function sourcesOf(cluster: Cluster, chart: Chart): SourceEntry[] {
  return chart.node
    .findAll()
    .filter((construct): construct is ApiObject => construct instanceof ApiObject)
    .map((object) => ({
      unit: cluster.key,
      address: [object.apiVersion, object.kind, object.metadata.namespace ?? '', object.name].join('/'),
      construct: object.node.path,
      origin: originOf(object),
    }));
}

/**
 * Adds the number of the chart as its wave: Argo CD waits for the health of each before it begins the next. A kind that
 * an operator of an earlier wave defines is unknown while Argo CD tries the whole out.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
function withSyncWave({ operators }: Platform, chart: Chart): (manifest: Manifest) => Manifest {
  const wave = String(Number(/^\d+/.exec(chart.node.id)?.[0]));
  return (manifest) => {
    const metadata = manifest.metadata as { readonly annotations?: Readonly<Record<string, string>> };
    const isCustom = operators.some(({ api }) => api === manifest.apiVersion);
    const annotations = {
      ...metadata.annotations,
      'argocd.argoproj.io/sync-wave': wave,
      ...(isCustom ? { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' } : {}),
    };
    return { ...manifest, metadata: { ...metadata, annotations } };
  };
}

type Manifest = Readonly<Record<string, unknown>>;

/** Sorts the keys below the first level, as cdk8s does unless CDK8S_DISABLE_SORT is set. */
function sortKeys(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return value.map((entry) => sortKeys(entry, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, sortKeys(entry, depth + 1)] as const);
  return Object.fromEntries(depth === 0 ? entries : entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
