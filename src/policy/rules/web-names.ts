import { objectRule } from '../objects';
import { shown, textOf, treesOf, valueAt } from '../tree';
import type { KubernetesObject } from '../types';
import { isOfGke, madeAtGoogle, treeAt } from '../ways';

/** Something at Google that an object names. */
interface Named {
  readonly path: string;
  readonly what: string;
  readonly types: readonly string[];
  readonly name: unknown;
}

export const webNames = objectRule({
  id: 'TL-WEB-003',
  title: 'A load balancer names something at Google that is not made',
  severity: 'error',
  why: 'It never gets an address, or shows no certificate, and says so in an event alone',
  fix: 'name what the same platform makes; a regional load balancer takes regional addresses, a global one global ones',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/deploying-gateways',
  kinds: ['Gateway', 'GCPBackendPolicy', 'Ingress', 'Service'],
  finds: (resource, context) =>
    namesOf(resource)
      .filter(({ name }) => textOf(name) !== '')
      .flatMap(({ path, what, types, name }) =>
        madeAtGoogle(context, types, textOf(name))?.length === 0
          ? [{ path, found: `${what} ${shown(name)}, which is not made`, wanted: 'one that is' }]
          : [],
      ),
});

const regionalAddress = { what: 'the regional address', types: ['google_compute_address'] };
const globalAddress = { what: 'the global address', types: ['google_compute_global_address'] };

function namesOf(resource: KubernetesObject): Named[] {
  const { type, body } = resource;
  const annotations = treeAt(body, 'metadata.annotations');
  const annotated = (key: string) => ({ path: `metadata.annotations["${key}"]`, name: annotations[key] });
  if (type === 'Service') {
    return [{ ...annotated('networking.gke.io/load-balancer-ip-addresses'), ...regionalAddress }];
  }
  if (type === 'GCPBackendPolicy') {
    const path = 'spec.default.securityPolicy';
    const types = ['google_compute_security_policy', 'google_compute_region_security_policy'];
    return [{ path, what: 'the security policy', types, name: valueAt(body, path) }];
  }
  if (type === 'Ingress') {
    if (!isOfGke(resource)) return [];
    return [{ ...annotated('kubernetes.io/ingress.global-static-ip-name'), ...globalAddress }];
  }
  const gatewayClass = textOf(valueAt(body, 'spec.gatewayClassName'));
  if (!gatewayClass.startsWith('gke-l7-')) return [];
  return [
    {
      ...annotated('networking.gke.io/certmap'),
      what: 'the certificate map',
      types: ['google_certificate_manager_certificate_map'],
    },
    ...treesOf(valueAt(body, 'spec.addresses')).map(({ type: kind, value }, i) => ({
      path: `spec.addresses[${i}].value`,
      name: kind === 'NamedAddress' ? value : undefined,
      ...(gatewayClass.includes('global') ? globalAddress : regionalAddress),
    })),
    ...treesOf(valueAt(body, 'spec.listeners')).map(({ tls }, i) => ({
      path: `spec.listeners[${i}].tls.options["networking.gke.io/cert-manager-certs"]`,
      what: 'the certificate',
      types: ['google_certificate_manager_certificate'],
      name: treeAt(tls, 'options')['networking.gke.io/cert-manager-certs'],
    })),
  ];
}
