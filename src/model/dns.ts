import type { ConfigPath } from '../config/problem';
import type { DnsConfig } from '../config/schema/dns';
import { formOfValue, recordValue } from './dns-values';
import { fit, limits } from './names';
import type { StaticAddress } from './types/network';
import type { DnsRecord, DnsZone } from './types/edge';
import { compare, type Scope, sortedEntries } from './scope';

type RecordConfig = DnsConfig['zones'][string]['records'][string];

/** The zones in Cloud DNS with their records, by key. */
export function resolveDns(scope: Scope, addresses: readonly StaticAddress[]): Map<string, DnsZone> {
  return new Map(
    sortedEntries(scope.config.dns.zones).map(([key, zone]) => {
      const origin = ['dns', 'zones', key];
      const dnsName = `${zone.domain}.`;
      const records = sortedEntries(zone.records).map(([name, record]) =>
        resolveRecord(scope, [...origin, 'records', name], name, record, dnsName, addresses),
      );
      checkTogether(scope, records, dnsName);
      const { visibility } = zone;
      return [
        key,
        {
          key,
          name: fit(limits.computeResource, scope.prefix, key),
          dnsName,
          visibility,
          dnssec: zone.dnssec && visibility === 'public',
          records,
          origin,
        },
      ];
    }),
  );
}

function resolveRecord(
  scope: Scope,
  origin: ConfigPath,
  key: string,
  record: RecordConfig,
  dnsName: string,
  addresses: readonly StaticAddress[],
): DnsRecord {
  const name = record.name ?? key;
  return {
    key,
    name: name === '@' ? dnsName : `${name}.${dnsName}`,
    type: record.type,
    ttlSeconds: record.ttlSeconds,
    values: resolveValues(scope, origin, record),
    address: resolveAddress(scope, origin, record, addresses),
    origin,
  };
}

function resolveValues({ problems }: Scope, origin: ConfigPath, record: RecordConfig): string[] {
  const values = (record.values ?? []).flatMap((value, i) => {
    const found = recordValue(record.type, value);
    if (found !== undefined) return [found];
    problems.add({
      path: [...origin, 'values', i],
      message: `this is no value of a record of the type ${record.type}`,
      found: value,
      allowed: formOfValue(record.type),
      fix: `write it in that form, or name another type`,
    });
    return [];
  });
  if (record.type === 'CNAME' && values.length > 1) {
    problems.add({
      path: [...origin, 'values'],
      message: 'a record of the type CNAME has one value',
      found: `${values.length} values`,
      allowed: 'one host name',
      fix: 'remove the others',
    });
  }
  return [...new Set(values)].sort(compare);
}

function resolveAddress(
  { problems }: Scope,
  origin: ConfigPath,
  record: RecordConfig,
  addresses: readonly StaticAddress[],
): DnsRecord['address'] {
  if (record.address === undefined) return null;
  const path = [...origin, 'address'];
  if (record.type !== 'A') {
    problems.add({
      path,
      message: `a static address is IPv4, which a record of the type ${record.type} cannot hold`,
      found: record.type,
      allowed: 'type: A',
      fix: 'write type: A, or values instead of address',
    });
  }
  const declared = new Map(addresses.map((address) => [address.key, address]));
  const found = problems.reference(path, record.address, 'address', ['network', 'addresses'], declared);
  return found === undefined ? null : { key: found.key, scope: found.scope };
}

/** What DNS itself does not allow side by side. */
function checkTogether({ problems }: Scope, records: readonly DnsRecord[], dnsName: string): void {
  const byName = new Map<string, DnsRecord[]>();
  for (const record of records) {
    const before = byName.get(record.name) ?? [];
    byName.set(record.name, [...before, record]);
    const same = before.find(({ type }) => type === record.type);
    const alias = before.find((other) => other.type === 'CNAME' || record.type === 'CNAME');
    const other = same ?? alias;
    if (other !== undefined) {
      problems.add({
        path: record.origin,
        at: 'key',
        message:
          same === undefined
            ? `the name '${record.name}' has a record ${other.type} already, and CNAME stands alone`
            : `the name '${record.name}' has a record ${record.type} already`,
        found: `${record.name} ${record.type}`,
        allowed: 'one record for each name and type, and no other beside a CNAME',
        fix: `put the values into ${other.origin.join('.')}, or choose another name`,
        dependsOn: [other.origin],
      });
    }
    if (record.name === dnsName && /^(CNAME|NS)$/.test(record.type)) {
      problems.add({
        path: [...record.origin, 'type'],
        message: `the zone itself can have no ${record.type} of yours: Cloud DNS keeps the NS and SOA records there`,
        found: record.type,
        allowed: 'A, AAAA, CAA, MX, SRV or TXT',
        fix:
          record.type === 'CNAME' ? 'write the address as type A' : 'remove it, or name a part of the zone',
      });
    }
  }
}
