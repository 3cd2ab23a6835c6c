import { Addresses } from '../../sets/addresses';
import { listOf, textOf } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

export const dnsPrivateAddresses: Rule = {
  id: 'TL-DNS-003',
  title: 'A public zone tells private addresses',
  severity: 'warning',
  why: 'Nobody outside can use them, and everybody outside learns how the network is laid out',
  fix: 'put the record into a private zone',
  see: 'https://cloud.google.com/dns/docs/zones/zones-overview',
  types: ['google_dns_record_set'],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_dns_record_set') return notApplicable;
    const { body, unit } = resource;
    const zone = context.target(body.managed_zone, 'google_dns_managed_zone', unit);
    if (zone === undefined || zone.body.visibility === 'private' || textOf(body.type) !== 'A')
      return notApplicable;
    const inside = listOf(body.rrdatas)
      .map((value) => textOf(context.resolve(value, unit)))
      .filter((address) => Addresses.of([address]).meets(Addresses.privateOnes));
    return verdictOf(
      inside.map((address) => ({ path: 'rrdatas', found: address, wanted: 'public addresses' })),
    );
  },
};
