import { jointAddresses, openingsOf } from '../network-policies';
import { objectRule } from '../objects';
import { Addresses } from '../../sets/addresses';

export const policyEgress = objectRule({
  id: 'TL-NP-002',
  title: 'A network policy lets everything out',
  severity: 'error',
  why: 'Whoever takes a pod over can look around in the private network and carry data away',
  fix: 'name the ports, and leave the private ranges out of the range of the internet',
  see: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  kinds: ['NetworkPolicy'],
  finds: (resource, context) =>
    openingsOf(resource, 'egress').flatMap((opening) => {
      const { path, isAnybody, isEveryNamespace, addresses, ports } = opening;
      const wanted = 'named pods, or ranges without the private ones';
      if (isAnybody) return [{ path: `${path}.to`, found: 'no peer: everybody', wanted }];
      if (isEveryNamespace) return [{ path: `${path}.to`, found: 'pods of every namespace', wanted }];
      if (!jointAddresses(resource, opening, 'egress', context).isTheWorld) return [];
      return [
        ...(addresses.meets(inside)
          ? [{ path: `${path}.to`, found: 'the internet, and private ranges with it', wanted }]
          : []),
        ...(ports === undefined
          ? [{ path: `${path}.ports`, found: 'every port of the internet', wanted: 'named ports' }]
          : []),
      ];
    }),
});

/** Where the other workloads, the databases and the metadata server are. */
const inside = Addresses.of([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
  'fe80::/10',
]);
