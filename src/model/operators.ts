import type { GithubRunner, Ingress, Namespace, Operator, Secret } from './platform';
import { compare, type Scope } from './scope';
import type { MetricsCollector } from './types/operations';

/** What of a platform asks for operators. */
export interface OperatorNeeds {
  readonly secrets: readonly Secret[];
  readonly namespaces: readonly Namespace[];
  readonly collector: MetricsCollector;
  readonly githubRunners: readonly GithubRunner[];
  readonly ingress: Ingress | null;
}

/**
 * The operators that the manifests rely on beside GKE, by cluster and name; with the defaults there are none. Charts as
 * of November 2026.
 */
export function resolveOperators({ config }: Scope, needs: OperatorNeeds): Operator[] {
  const clusters = [...new Set(needs.namespaces.map(({ cluster }) => cluster))];
  return clusters
    .flatMap((cluster) => [
      ...(config.secretDelivery === 'external-secrets' && needs.secrets.length > 0
        ? [externalSecrets(cluster)]
        : []),
      ...prometheus(cluster, needs.collector),
      ...runnerController(cluster, needs.githubRunners),
      ...certManager(cluster, needs.ingress),
    ])
    .sort((a, b) => compare(`${a.cluster} ${a.key}`, `${b.cluster} ${b.key}`));
}

/** @see https://external-secrets.io/latest/introduction/getting-started/ */
function externalSecrets(cluster: string): Operator {
  return {
    key: 'external-secrets',
    title: 'External Secrets',
    cluster,
    namespace: 'external-secrets',
    api: 'external-secrets.io/v1',
    kinds: ['ExternalSecret', 'SecretStore'],
    install:
      'helm install external-secrets external-secrets --repo https://charts.external-secrets.io --namespace external-secrets --create-namespace',
    why: 'it copies the secrets into the cluster',
    origin: ['secretDelivery'],
  };
}

/** @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack */
function prometheus(cluster: string, collector: MetricsCollector): Operator[] {
  if (collector.kind !== 'operator') return [];
  const { namespace } = collector;
  return [
    {
      key: 'prometheus-operator',
      title: 'Prometheus Operator',
      cluster,
      namespace,
      api: 'monitoring.coreos.com/v1',
      kinds: ['PrometheusRule', 'ServiceMonitor'],
      install: `helm install kube-prometheus-stack kube-prometheus-stack --repo https://prometheus-community.github.io/helm-charts --namespace ${namespace} --create-namespace`,
      why: 'it reads metrics and judges rules',
      origin: ['monitoring', 'prometheus'],
    },
  ];
}

/** @see https://docs.github.com/en/actions/how-tos/manage-runners/use-actions-runner-controller */
function runnerController(cluster: string, runners: readonly GithubRunner[]): Operator[] {
  const [first] = runners.filter((runner) => runner.cluster === cluster);
  if (first === undefined) return [];
  const { version, namespace, serviceAccount } = first.controller;
  // The chart calls the account after the release.
  const release = serviceAccount.replace(/-gha-rs-controller$/, '');
  return [
    {
      key: 'actions-runner-controller',
      title: 'Actions Runner Controller',
      cluster,
      namespace,
      api: 'actions.github.com/v1alpha1',
      kinds: ['AutoscalingRunnerSet'],
      install: `helm install ${release} oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set-controller --version ${version} --namespace ${namespace} --create-namespace`,
      why: 'it makes the runners of GitHub Actions',
      origin: first.origin,
    },
  ];
}

/** @see https://cert-manager.io/docs/installation/helm/ */
function certManager(cluster: string, ingress: Ingress | null): Operator[] {
  if (ingress?.cluster !== cluster || ingress.tls.kind !== 'cert-manager') return [];
  return [
    {
      key: 'cert-manager',
      title: 'cert-manager',
      cluster,
      namespace: 'cert-manager',
      api: 'cert-manager.io/v1',
      kinds: ['Certificate'],
      install:
        'helm install cert-manager oci://quay.io/jetstack/charts/cert-manager --namespace cert-manager --create-namespace --set crds.enabled=true',
      why: 'it gets the certificate of the way in, and renews it',
      origin: ['ingress', 'tls'],
    },
  ];
}
