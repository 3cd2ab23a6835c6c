import type { CertificateConfig } from '../config/schema/certificates';
import { fit, limits } from './names';
import { compare, type Scope, sortedEntries } from './scope';
import type { Certificate, DnsZone } from './types/edge';

/** The certificates of Certificate Manager. */
export function resolveCertificates(scope: Scope, zones: ReadonlyMap<string, DnsZone>): Certificate[] {
  const owners = new Map<string, string>();
  return sortedEntries(scope.config.certificates).map(([key, certificate]): Certificate => {
    const origin = ['certificates', key];
    const named = (...parts: readonly string[]) =>
      fit(limits.computeResource, scope.prefix, key, ...parts.map(namePart));
    checkZone(scope, key, certificate, zones);
    const domains = [...certificate.domains].sort(compare);
    const bases = [...new Set(domains.map(baseOf))].sort(compare);
    for (const domain of bases) {
      const owner = owners.get(domain);
      if (owner !== undefined) {
        const at = certificate.domains.findIndex((one) => baseOf(one) === domain);
        scope.problems.add({
          path: [...origin, 'domains', at],
          message: `the domain '${domain}' is proved for certificates.${owner} already, by the same record`,
          found: certificate.domains[at] ?? domain,
          allowed: 'each domain, with the names below it, in one certificate',
          fix: `add it to certificates.${owner}.domains`,
        });
      }
      owners.set(domain, key);
    }
    return {
      key,
      name: named(),
      location: certificate.scope === 'global' ? 'global' : scope.config.google.region,
      domains,
      authorizations: bases.map((domain) => ({
        key: namePart(domain),
        name: named(domain),
        domain,
        zone: certificate.zone ?? null,
        origin,
      })),
      map:
        certificate.scope === 'regional'
          ? null
          : {
              name: named(),
              entries: domains.map((hostname) => ({
                key: namePart(hostname),
                name: named(hostname),
                hostname,
                origin,
              })),
            },
      origin,
    };
  });
}

/** A wildcard is proved by the domain that it stands below. */
function baseOf(domain: string): string {
  return domain.replace(/^\*\./, '');
}

/** A domain as part of a name: no domain holds an underscore, so two never look alike. */
function namePart(domain: string): string {
  return domain.replace(/^\*/, 'any').replace(/\./g, '_');
}

function checkZone(
  { problems }: Scope,
  key: string,
  certificate: CertificateConfig,
  zones: ReadonlyMap<string, DnsZone>,
): void {
  if (certificate.zone === undefined) return;
  const path = ['certificates', key, 'zone'];
  const zone = problems.reference(path, certificate.zone, 'zone', ['dns', 'zones'], zones);
  if (zone === undefined) return;
  if (zone.visibility === 'private') {
    problems.add({
      path,
      message: `the zone '${zone.key}' is private, and whoever issues certificates cannot see it`,
      found: zone.key,
      allowed: 'a public zone',
      fix: 'name a public zone, or leave zone out and make the record where the domain is public',
      dependsOn: [['dns', 'zones', zone.key, 'visibility']],
    });
  }
  certificate.domains.forEach((domain, i) => {
    if (`.${baseOf(domain)}.`.endsWith(`.${zone.dnsName}`)) return;
    problems.add({
      path: ['certificates', key, 'domains', i],
      message: `the zone '${zone.key}' does not hold this domain`,
      found: domain,
      allowed: `a domain that ends in ${zone.dnsName.replace(/\.$/, '')}`,
      fix: 'move it to a certificate of its own zone, or leave zone out',
      dependsOn: [['dns', 'zones', zone.key, 'domain']],
    });
  });
}
