import { attributeRule, oneOf } from '../attributes';
import { isPublicZone } from '../conditions';

export const dnsSigned = attributeRule({
  id: 'TL-DNS-001',
  title: 'Answers of a public zone are not signed',
  severity: 'warning',
  why: 'An attacker on the way can forge them',
  fix: 'set dnssec_config.state to on',
  see: 'https://cloud.google.com/dns/docs/dnssec',
  types: ['google_dns_managed_zone'],
  when: isPublicZone,
  expects: {
    'dnssec_config.state': oneOf('on'),
  },
});
