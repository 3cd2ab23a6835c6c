import { openingsOf } from '../network-policies';
import { objectRule } from '../objects';

export const policyPorts = objectRule({
  id: 'TL-NP-004',
  title: 'A network policy opens every port',
  severity: 'warning',
  why: 'It opens what is started tomorrow as well',
  fix: 'name the ports, each with its protocol',
  see: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-range-of-ports',
  kinds: ['NetworkPolicy'],
  finds: (resource) =>
    (['ingress', 'egress'] as const)
      .flatMap((direction) => openingsOf(resource, direction))
      .filter(({ ports }) => ports === undefined || ports.some(({ first, last }) => last - first > 1000))
      .map(({ path, ports }) => ({
        path: `${path}.ports`,
        found: ports === undefined ? 'every port' : 'more than a thousand ports',
        wanted: 'named ports',
      })),
});
