import {
  address,
  CloudArmorPolicy,
  DnsRecord,
  DnsZone,
  IapWebMember,
  ManagedCertificate,
  SslPolicy,
  type VpcNetwork,
} from '../src/google';
import type { DnsRecord as ZoneRecord } from '../src/model';
import type { Foundation } from './foundation-parts';
import { literal } from './literal';
import { setOrigin } from './origin';

const api = {
  certificateManager: 'certificatemanager.googleapis.com',
  compute: 'compute.googleapis.com',
  dns: 'dns.googleapis.com',
  iap: 'iap.googleapis.com',
} as const;

/** How long others may remember the record that proves a domain, in seconds. */
const proofTtlSeconds = 300;

/** Makes what stands between the platform and those who come from outside. */
export function addEdge(foundation: Foundation, network: VpcNetwork): void {
  const zones = addZones(foundation, network);
  addCertificates(foundation, zones);
  addSecurityPolicies(foundation);
  addWebAccess(foundation);
  addSslPolicy(foundation);
}

function addZones(foundation: Foundation, network: VpcNetwork): ReadonlyMap<string, DnsZone> {
  const {
    project,
    labels,
    network: { selfLink },
    edge,
  } = foundation.platform;
  const zones = foundation.group('zones');
  const records = foundation.group('records');
  return new Map(
    edge.zones.map((zone) => {
      const made = setOrigin(
        new DnsZone(zones, zone.key, {
          project,
          labels,
          name: zone.name,
          dnsName: zone.dnsName,
          dnssec: zone.dnssec,
          ...(zone.visibility === 'private' ? { privateNetwork: selfLink } : {}),
          dependsOn: [
            ...foundation.services.of(api.dns),
            ...(zone.visibility === 'private' ? [network.network] : []),
          ],
        }),
        zone,
      );
      for (const record of zone.records) {
        setOrigin(
          new DnsRecord(records, address(zone.key, record.key), {
            project,
            zone: made.zone.name,
            name: record.name,
            type: record.type,
            ttlSeconds: record.ttlSeconds,
            values: valuesOf(record),
          }),
          record,
        );
      }
      return [zone.key, made];
    }),
  );
}

/** The number of a static address is only known once it is there, in the same stack. */
function valuesOf({ values, address: named }: ZoneRecord): readonly string[] {
  if (named === null) return values.map(literal);
  const type = named.scope === 'global' ? 'google_compute_global_address' : 'google_compute_address';
  return [`\${${type}.${address(named.key)}.address}`];
}

function addCertificates(foundation: Foundation, zones: ReadonlyMap<string, DnsZone>): void {
  const { platform, services } = foundation;
  const { project, labels } = platform;
  const certificates = foundation.group('certificates');
  const records = foundation.group('certificate-records');
  for (const certificate of platform.edge.certificates) {
    const made = setOrigin(
      new ManagedCertificate(certificates, certificate.key, {
        project,
        labels,
        name: certificate.name,
        location: certificate.location,
        domains: certificate.domains,
        authorizations: byKey(certificate.authorizations),
        ...(certificate.map === null
          ? {}
          : { map: { name: certificate.map.name, entries: byKey(certificate.map.entries) } }),
        dependsOn: services.of(api.certificateManager),
      }),
      certificate,
    );
    for (const { key, zone } of certificate.authorizations) {
      const proof = made.authorizations.get(key)?.dnsResourceRecord.get(0);
      const holder = zone === null ? undefined : zones.get(zone);
      if (proof === undefined || holder === undefined) continue;
      setOrigin(
        new DnsRecord(records, `${address(certificate.key, key)}_proof`, {
          project,
          zone: holder.zone.name,
          name: proof.name,
          type: proof.type,
          ttlSeconds: proofTtlSeconds,
          values: [proof.data],
        }),
        certificate,
      );
    }
  }
}

function byKey<T extends { readonly key: string }>(list: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(list.map((one) => [one.key, one]));
}

function addSecurityPolicies(foundation: Foundation): void {
  const policies = foundation.group('security-policies');
  for (const policy of foundation.platform.edge.securityPolicies) {
    const { rateLimit, waf } = policy;
    setOrigin(
      new CloudArmorPolicy(policies, policy.key, {
        project: foundation.platform.project,
        name: policy.name,
        allow: policy.allow,
        deny: policy.deny,
        ...(rateLimit === null
          ? {}
          : {
              rateLimit: {
                requests: rateLimit.requests,
                intervalSeconds: rateLimit.intervalSeconds,
                ...(rateLimit.banSeconds === null ? {} : { banSeconds: rateLimit.banSeconds }),
              },
            }),
        ...(waf === null ? {} : { waf }),
        dependsOn: foundation.services.of(api.compute),
      }),
      policy,
    );
  }
}

function addWebAccess(foundation: Foundation): void {
  const members = foundation.group('web-access');
  for (const one of foundation.platform.edge.webAccess) {
    setOrigin(
      new IapWebMember(members, one.key, {
        project: foundation.platform.project,
        member: one.member,
        dependsOn: foundation.services.of(api.iap),
      }),
      one,
    );
  }
}

/** The load balancer is made by GKE, which is told of the policy by its name. */
function addSslPolicy(foundation: Foundation): void {
  const { ingress, project, region } = foundation.platform;
  if (ingress?.sslPolicy == null) return;
  const { name, scope } = ingress.sslPolicy;
  setOrigin(
    new SslPolicy(foundation.group('ssl-policies'), 'platform', {
      project,
      name,
      ...(scope === 'regional' ? { region } : {}),
      dependsOn: foundation.services.of(api.compute),
    }),
    ingress,
  );
}
