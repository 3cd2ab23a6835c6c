import { attributeRule, oneOf, said } from '../attributes';

export const natAddresses = attributeRule({
  id: 'TL-NET-010',
  title: 'A NAT has static addresses and does not use them, or the reverse',
  severity: 'error',
  why: 'Partners who let known addresses in then keep the platform out',
  fix: 'name nat_ips with MANUAL_ONLY, and none with AUTO_ONLY',
  see: 'https://cloud.google.com/nat/docs/ports-and-addresses',
  types: ['google_compute_router_nat'],
  when: ({ body }) => body.nat_ips !== undefined || body.nat_ip_allocate_option === 'MANUAL_ONLY',
  expects: { nat_ips: said, nat_ip_allocate_option: oneOf('MANUAL_ONLY') },
});
