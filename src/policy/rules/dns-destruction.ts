import { attributeRule, oneOf, orNothing } from '../attributes';

export const dnsDestruction = attributeRule({
  id: 'TL-DNS-004',
  title: 'Terraform may destroy a zone that is not empty',
  severity: 'error',
  why: 'Every name in it is gone, and a new zone has other name servers, which the registrar does not know',
  fix: 'set force_destroy to false',
  see: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/dns_managed_zone#force_destroy',
  types: ['google_dns_managed_zone'],
  expects: { force_destroy: orNothing(oneOf(false)) },
});
