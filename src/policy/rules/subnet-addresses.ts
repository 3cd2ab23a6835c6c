import { attributeRule, oneOf, orNothing } from '../attributes';
import { isIpv4Subnet } from '../conditions';

export const subnetAddresses = attributeRule({
  id: 'TL-NET-005',
  title: 'A subnet may give public IPv6 addresses',
  severity: 'error',
  why: 'Every machine in it is then reachable from the internet',
  fix: 'set stack_type to IPV4_ONLY, or ipv6_access_type to INTERNAL',
  see: 'https://cloud.google.com/vpc/docs/subnets#ipv6-ranges',
  types: ['google_compute_subnetwork'],
  when: isIpv4Subnet,
  expects: {
    stack_type: oneOf('IPV4_ONLY'),
    ipv6_access_type: orNothing(oneOf('INTERNAL')),
  },
});
