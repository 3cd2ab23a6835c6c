import type { Advice } from './advice';

/** Zones of DNS. */
export const dnsZone: Advice = {
  types: /^google_dns_managed_zone$/,
  lost: 'Its records go, and the new zone may have other name servers: the delegation at the parent has to follow.',
  instead:
    'make the new zone beside it, copy the records, change the delegation, and take the old one away days later',
};
