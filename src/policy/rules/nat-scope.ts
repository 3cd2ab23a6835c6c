import { attributeRule, oneOf } from '../attributes';

export const natScope = attributeRule({
  id: 'TL-NET-008',
  title: 'What a NAT translates is not what it should be',
  severity: 'warning',
  why: 'A range that it leaves out has no way out, and addresses come and go',
  fix: 'name the ranges, and how addresses are taken',
  see: 'https://cloud.google.com/nat/docs/nat-product-interactions',
  types: ['google_compute_router_nat'],
  expects: {
    source_subnetwork_ip_ranges_to_nat: oneOf('ALL_SUBNETWORKS_ALL_IP_RANGES', 'LIST_OF_SUBNETWORKS'),
    nat_ip_allocate_option: oneOf('AUTO_ONLY', 'MANUAL_ONLY'),
  },
});
