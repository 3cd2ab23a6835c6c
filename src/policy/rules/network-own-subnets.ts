import { attributeRule, oneOf } from '../attributes';

export const networkOwnSubnets = attributeRule({
  id: 'TL-NET-001',
  title: 'Google makes a subnet in every region',
  severity: 'error',
  why: 'Nobody planned their ranges, and they overlap with those of other networks',
  fix: 'set auto_create_subnetworks to false',
  see: 'https://cloud.google.com/vpc/docs/vpc#auto-mode-considerations',
  types: ['google_compute_network'],
  expects: {
    auto_create_subnetworks: oneOf(false),
  },
});
