import { jointAddresses, openingsOf } from '../network-policies';
import { objectRule } from '../objects';

export const policyIngress = objectRule({
  id: 'TL-NP-001',
  title: 'A network policy lets everybody in',
  severity: 'error',
  why: 'Every pod of the cluster, or the internet, can reach what it should protect',
  fix: 'name the pods or the ranges that need it',
  see: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  kinds: ['NetworkPolicy'],
  finds: (resource, context) =>
    openingsOf(resource, 'ingress').flatMap((opening) => {
      const { path, isAnybody, isEveryNamespace } = opening;
      const addresses = jointAddresses(resource, opening, 'ingress', context);
      const found = isAnybody
        ? 'no peer: everybody'
        : isEveryNamespace
          ? 'pods of every namespace'
          : addresses.isTheWorld
            ? 'the internet, with all ranges taken together'
            : undefined;
      return found === undefined ? [] : [{ path: `${path}.from`, found, wanted: 'named pods or ranges' }];
    }),
});
