import type { IngressConfig } from '../config/schema/ingress';
import { checkIngressSettings } from './ingress-checks';
import { ingressIdentity, resolveIngressTls } from './ingress-tls';
import { publicImage, publicImages, lockImage, resolveImageReference } from './images';
import { fit, limits } from './names';
import { checkedRange } from './network';
import type { Airflow, Edge, GkeWay, Ingress, Network, NginxWay, WebHost } from './platform';
import { clusterOf, compare, type Scope } from './scope';
import { resolvePlacement, resolveResources } from './workloads';

/**
 * Where Google's proxies and health checks come from, for every load balancer of HTTP but the regional ones, whose
 * proxies are in the subnet that is kept for them.
 * @see https://cloud.google.com/load-balancing/docs/firewall-rules
 */
const googleSources = ['130.211.0.0/22', '35.191.0.0/16'];

const gatewayClasses = {
  global: 'gke-l7-global-external-managed',
  regional: 'gke-l7-regional-external-managed',
  internal: 'gke-l7-rilb',
} as const;

/** What the way in is made of beside its own settings. */
export interface IngressInputs {
  readonly airflow: readonly Airflow[];
  readonly network: Network;
  readonly edge: Edge;
}

/** The settings of the way in with the scope that it has. */
export interface AskedIngress extends Omit<IngressConfig, 'scope'> {
  readonly scope: 'global' | 'regional' | 'internal';
}

/** The way in from outside; null where nobody asks for one, or it leads nowhere. */
export function resolveIngress(scope: Scope, inputs: IngressInputs): Ingress | null {
  const config = scope.config.ingress;
  if (config === undefined) return null;
  const asked = { ...config, scope: config.scope ?? (config.class === 'nginx' ? 'regional' : 'global') };
  const hosts = webHosts(inputs.airflow);
  const first = [...hosts].sort((a, b) => compare(a.airflow, b.airflow))[0];
  if (first === undefined) {
    scope.problems.add({
      path: ['ingress'],
      message: 'it leads nowhere: no Airflow has a host',
      allowed: 'a way in beside at least one host',
      fix: 'add host: airflow.example.com to an Airflow, or remove it',
      dependsOn: [['airflow']],
    });
    return null;
  }
  const namespace = asked.namespace ?? first.namespace;
  checkIngressSettings(scope, asked, namespace, hosts, inputs);
  const tls = resolveIngressTls(scope, asked, namespace, hosts, inputs.edge);
  if (tls === undefined) return null;
  const address = inputs.network.addresses.find(({ key }) => key === asked.address);
  return {
    name: asked.name,
    cluster: clusterOf(scope, namespace),
    namespace,
    hosts,
    way: resolveWay(scope, asked, namespace, inputs),
    address: address?.name ?? null,
    tls,
    timeoutSeconds: asked.timeoutSeconds,
    sslPolicy:
      asked.class === 'nginx'
        ? null
        : {
            name: fit(limits.computeResource, scope.prefix, asked.name),
            scope: asked.scope === 'global' ? 'global' : 'regional',
          },
    origin: ['ingress'],
  };
}

function webHosts(airflow: readonly Airflow[]): WebHost[] {
  return airflow
    .flatMap(({ key, host, namespace, origin }) =>
      host === null ? [] : [{ airflow: key, host, namespace, origin: [...origin, 'host'] }],
    )
    .sort((a, b) => compare(a.host, b.host));
}

function resolveWay(
  scope: Scope,
  asked: AskedIngress,
  namespace: string,
  { network, edge }: IngressInputs,
): Ingress['way'] {
  if (asked.class === 'nginx') return resolveNginx(scope, asked, namespace);
  const policy = edge.securityPolicies.find(({ key }) => key === asked.securityPolicy);
  const protection: Omit<GkeWay, 'kind'> = {
    securityPolicy: policy?.name ?? null,
    iap: asked.iap,
    sources: [
      ...googleSources,
      ...(asked.scope === 'global' || network.proxyOnly === null ? [] : [network.proxyOnly.cidr]),
    ],
  };
  return asked.class === 'gke'
    ? { kind: 'gke', ...protection }
    : { kind: 'gateway', gatewayClass: gatewayClasses[asked.scope], ...protection };
}

function resolveNginx(scope: Scope, asked: AskedIngress, namespace: string): NginxWay {
  const { image, replicas, pool, resources = {} } = asked.nginx ?? {};
  const path = ['ingress', 'nginx', 'image'];
  (asked.allow ?? []).forEach((range, i) => checkedRange(range, ['ingress', 'allow', i], scope.problems));
  return {
    kind: 'nginx',
    internal: asked.scope === 'internal',
    allow: [...new Set(asked.allow ?? [])].sort(compare),
    image:
      image === undefined
        ? publicImage(publicImages.nginx, scope)
        : lockImage(resolveImageReference(image, path, scope.registries, scope.problems), scope.lock, path),
    serviceAccount: ingressIdentity,
    replicas: replicas ?? (scope.config.production ? 2 : 1),
    placement: resolvePlacement(scope, pool, ['ingress', 'nginx', 'pool'], clusterOf(scope, namespace)),
    resources: resolveResources(resources, { cpu: '100m', memory: '128Mi', ephemeralStorage: '256Mi' }),
  };
}
