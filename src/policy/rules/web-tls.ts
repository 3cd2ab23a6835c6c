import { objectRule } from '../objects';
import { shown, textOf, valueAt } from '../tree';
import { frontendOf, isOfGke, madeAtGoogle } from '../ways';

const types = ['google_compute_ssl_policy', 'google_compute_region_ssl_policy'];

export const webTls = objectRule({
  id: 'TL-WEB-002',
  title: 'A load balancer speaks every version of TLS',
  severity: 'error',
  why: 'Without an SSL policy, Google takes 1.0 and 1.1 too, which can be broken',
  fix: 'name an SSL policy in a GCPGatewayPolicy for the Gateway, or in the FrontendConfig of the Ingress',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/secure-gateway',
  kinds: ['Gateway', 'Ingress'],
  finds: (resource, context) => {
    const isIngress = resource.type === 'Ingress';
    const isGoogles = isIngress
      ? isOfGke(resource)
      : textOf(valueAt(resource.body, 'spec.gatewayClassName')).startsWith('gke-l7-');
    if (!isGoogles) return [];
    const named = isIngress
      ? valueAt(frontendOf(resource, context)?.body, 'spec.sslPolicy')
      : context
          .objects('GCPGatewayPolicy')
          .filter(({ unit, namespace }) => unit === resource.unit && namespace === resource.namespace)
          .filter(({ body }) => valueAt(body, 'spec.targetRef.name') === resource.name)
          .map(({ body }) => valueAt(body, 'spec.default.sslPolicy'))
          .find((policy) => policy !== undefined);
    const name = textOf(named);
    const path = isIngress
      ? 'metadata.annotations["networking.gke.io/v1beta1.FrontendConfig"]'
      : 'spec.listeners';
    if (name === '') return [{ path, found: 'no SSL policy', wanted: 'one with TLS 1.2 or later' }];
    return madeAtGoogle(context, types, name)?.length === 0
      ? [{ path, found: `the SSL policy ${shown(name)}, which is not made`, wanted: 'one that is' }]
      : [];
  },
});
