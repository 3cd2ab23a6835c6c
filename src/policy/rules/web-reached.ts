import { selects } from '../../sets/label-selector';
import type { Context } from '../context';
import { objectRule } from '../objects';
import { isTree, shown, textOf, treesOf, valueAt } from '../tree';
import type { KubernetesObject, Tree } from '../types';
import { backendsOf, isOfGke, objectNamed, parentsOf, podsOf, reachabilityOf } from '../ways';

/** Where the proxies and the health checks of Google's load balancers come from. */
const google = ['35.191.0.0/16', '130.211.0.0/22'];

export const webReached = objectRule({
  id: 'TL-NP-008',
  title: 'A load balancer does not get to what it leads to',
  severity: 'error',
  why: 'Its health checks fail, and everybody gets the status 502',
  fix: 'name a Service that is there, and let 35.191.0.0/16, 130.211.0.0/22 and the subnet of proxies in to its pods',
  see: 'https://cloud.google.com/load-balancing/docs/firewall-rules',
  kinds: ['HTTPRoute', 'Ingress'],
  finds: (resource, context) => {
    const sources = sourcesOf(resource, context);
    return backendsOf(resource).flatMap(({ path, namespace, service: name, port }) => {
      const service = objectNamed(context, 'Service', { unit: resource.unit, namespace, name });
      if (service === undefined) {
        return [{ path, found: `no Service ${shown(name)} in ${namespace}`, wanted: 'one that is there' }];
      }
      const offered = treesOf(valueAt(service.body, 'spec.ports')).find(
        (one) => one.port === port || one.name === port,
      );
      if (offered === undefined) {
        return [{ path, found: `no port ${shown(port)} of ${name}`, wanted: 'a port that the Service has' }];
      }
      const closed = sources.filter((range) => !isOpen(service, offered, range, context));
      return closed.map((range) => ({
        path,
        found: `pods of ${name} that ${range} is not let in to`,
        wanted: 'a NetworkPolicy that lets it in',
      }));
    });
  },
});

function isOpen(service: KubernetesObject, offered: Tree, range: string, context: Context): boolean {
  const { unit, namespace, body } = service;
  const selector = valueAt(body, 'spec.selector');
  const reach = reachabilityOf(unit, context);
  const from = { kind: 'address', address: range.split('/')[0] ?? '' } as const;
  return podsOf(unit, context)
    .filter(
      ({ owner, labels }) => owner.namespace === namespace && selects({ matchLabels: selector }, labels),
    )
    .every(({ labels, containers }) => {
      const named = containers.flatMap((container) => treesOf(container.body.ports));
      const ports = new Map(named.map((one) => [textOf(one.name), Number(one.containerPort)]));
      const target = offered.targetPort ?? offered.port;
      const port = typeof target === 'string' ? (ports.get(target) ?? Number(target)) : Number(target);
      return reach.letsIn(from, { kind: 'pod', namespace, labels, namedPorts: ports }, { port });
    });
}

/** Where connections come from; nothing where it is not known what stands before the pods. */
function sourcesOf(resource: KubernetesObject, context: Context): readonly string[] {
  if (resource.type === 'Ingress') return isOfGke(resource) ? google : [];
  const classes = parentsOf(resource, context).map(({ gateway }) =>
    textOf(valueAt(gateway.body, 'spec.gatewayClassName')),
  );
  if (!classes.some((name) => name.startsWith('gke-l7-'))) return [];
  const hasOwnProxies = classes.some((name) => /rilb|regional/.test(name));
  return hasOwnProxies ? [...google, ...proxySubnets(context)] : google;
}

function proxySubnets(context: Context): string[] {
  return context
    .terraform('google_compute_subnetwork')
    .filter(({ body }) => body.purpose === 'REGIONAL_MANAGED_PROXY')
    .flatMap(({ body }) => (isTree(body) ? textOf(body.ip_cidr_range) || [] : []));
}
