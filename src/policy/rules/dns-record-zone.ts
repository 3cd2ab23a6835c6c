import { domainOf, isWithin } from '../domains';
import { notApplicable, type Rule, verdictOf } from '../types';

export const dnsRecordZone: Rule = {
  id: 'TL-DNS-002',
  title: 'A record is not in its zone',
  severity: 'error',
  why: 'Google refuses it only when it is applied',
  fix: 'write a name that ends with the dns_name of the zone, and a dot',
  see: 'https://cloud.google.com/dns/docs/records',
  types: ['google_dns_record_set'],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_dns_record_set') return notApplicable;
    const { body, unit } = resource;
    const zone = context.target(body.managed_zone, 'google_dns_managed_zone', unit);
    if (zone === undefined) return notApplicable;
    const suffix = String(context.resolve(zone.body.dns_name, zone.unit));
    const name = String(context.resolve(body.name, unit));
    // Names that Google gives are known once they are there; the same expression is the same name.
    if (name === suffix) return { outcome: 'compliant' };
    if (`${name}${suffix}`.includes('${')) return notApplicable;
    return verdictOf(
      name.endsWith('.') && isWithin(domainOf(name), domainOf(suffix))
        ? []
        : [{ path: 'name', found: name, wanted: `a name that ends with ${suffix}` }],
    );
  },
};
