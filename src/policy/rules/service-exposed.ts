import { selects } from '../../sets/label-selector';
import { policiesOf, openingsOf } from '../network-policies';
import { objectRule } from '../objects';
import { Addresses } from '../../sets/addresses';
import { isTree, shown, textOf, textsOf, valueAt } from '../tree';

export const serviceExposed = objectRule({
  id: 'TL-SVC-001',
  title: 'A service can be reached from outside of the cluster',
  severity: 'error',
  why: 'It bypasses the gateway, with its TLS, its login and its log',
  fix: 'use ClusterIP behind a Gateway; an internal load balancer wants loadBalancerSourceRanges and a NetworkPolicy',
  see: 'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
  kinds: ['Service'],
  finds: (resource, context) => {
    const type = valueAt(resource.body, 'spec.type');
    const external = textsOf(valueAt(resource.body, 'spec.externalIPs'));
    if (external.length > 0) {
      return [{ path: 'spec.externalIPs', found: external.join(', '), wanted: 'nothing' }];
    }
    if (type === 'NodePort') return [{ path: 'spec.type', found: 'NodePort', wanted: 'ClusterIP' }];
    if (type !== 'LoadBalancer') return [];
    const ranges = textsOf(valueAt(resource.body, 'spec.loadBalancerSourceRanges'));
    const annotations = valueAt(resource.body, 'metadata.annotations');
    const internal =
      isTree(annotations) &&
      [
        annotations['networking.gke.io/load-balancer-type'],
        annotations['cloud.google.com/load-balancer-type'],
      ].some((value) => textOf(value).toLowerCase() === 'internal');
    const selector = valueAt(resource.body, 'spec.selector');
    const guarded = policiesOf(resource.namespace, resource.unit, context).some(
      (policy) =>
        isTree(selector) &&
        selects(valueAt(policy.body, 'spec.podSelector'), selector) &&
        openingsOf(policy, 'ingress').some(({ addresses }) => !addresses.isEmpty && !addresses.isTheWorld),
    );
    const open = ranges.length === 0 ? !internal : Addresses.of(ranges).isTheWorld;
    if (!open && guarded) return [];
    return [
      {
        path: open ? 'spec.loadBalancerSourceRanges' : 'spec.type',
        found: open
          ? `a load balancer for ${ranges.length === 0 ? 'everybody' : shown(ranges.join(', '))}`
          : 'no policy that names who may come',
        wanted: open ? 'ranges of your own' : 'a NetworkPolicy with the ranges',
      },
    ];
  },
});
