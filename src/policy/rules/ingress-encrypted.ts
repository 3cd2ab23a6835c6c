import { objectRule } from '../objects';
import { isTree, textOf, treesOf, valueAt } from '../tree';

export const ingressEncrypted = objectRule({
  id: 'TL-K8S-002',
  title: 'A web interface is served without TLS',
  severity: 'error',
  why: 'Everybody on the way reads the passwords',
  fix: 'serve HTTPS with a certificate, and plain HTTP only to redirect',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/secure-gateway',
  kinds: ['Ingress', 'Gateway'],
  finds: ({ type, body }) => {
    const annotations = valueAt(body, 'metadata.annotations');
    const named = isTree(annotations) ? annotations : {};
    if (type === 'Ingress') {
      const certificates = [
        'networking.gke.io/managed-certificates',
        'ingress.gcp.kubernetes.io/pre-shared-cert',
        'networking.gke.io/certmap',
      ];
      const encrypted =
        treesOf(valueAt(body, 'spec.tls')).length > 0 ||
        certificates.some((name) => textOf(named[name]) !== '');
      return encrypted ? [] : [{ path: 'spec.tls', found: 'nothing', wanted: 'a certificate' }];
    }
    const listeners = treesOf(valueAt(body, 'spec.listeners'));
    return listeners.some(({ protocol }) => protocol === 'HTTPS' || protocol === 'TLS')
      ? []
      : [{ path: 'spec.listeners', found: 'no listener for HTTPS', wanted: 'one' }];
  },
});
