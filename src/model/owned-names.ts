import type { Platform } from './platform';
import type { OwnedName } from './shared-names';

/** The names at the edge, of access and of operations that Google takes only once, or that two would fight about. */
export function outerNames({ project, region, edge, ingress, access, operations }: Platform): OwnedName[] {
  return [
    ...edge.zones.flatMap((zone) => [
      { kind: 'zone', range: project, name: zone.name, path: zone.origin },
      {
        kind: 'zone of the domain',
        range: `${project}/${zone.visibility}`,
        name: zone.dnsName,
        path: [...zone.origin, 'domain'],
        fix: 'give each environment a domain of its own, or declare the zone below one environment',
      },
    ]),
    ...edge.certificates.flatMap((certificate) => [
      { kind: 'certificate', range: project, name: certificate.name, path: certificate.origin },
      ...certificate.authorizations.flatMap(({ name, domain, origin }) => [
        { kind: 'DNS authorization', range: project, name, path: origin },
        {
          kind: 'DNS authorization of the domain',
          range: `${project}/${certificate.location}`,
          name: domain,
          path: origin,
          fix: 'give each environment domains of its own, or declare the certificate below one environment',
        },
      ]),
    ]),
    ...edge.securityPolicies.map(({ name, origin }) => ({
      kind: 'security policy',
      range: project,
      name,
      path: origin,
    })),
    ...(ingress?.hosts ?? []).map(({ host, origin }) => ({
      kind: 'host',
      range: 'the world',
      name: host,
      path: origin,
      fix: 'give each environment a host of its own, or declare ingress below one environment',
    })),
    ...(ingress?.sslPolicy == null
      ? []
      : [
          {
            kind: 'SSL policy',
            range: ingress.sslPolicy.scope === 'global' ? project : `${project}/${region}`,
            name: ingress.sslPolicy.name,
            path: [...ingress.origin, 'name'],
          },
        ]),
    ...access.roles.map(({ roleId, origin }) => ({
      kind: 'custom role',
      range: project,
      name: roleId,
      path: origin,
    })),
    ...(access.ci === null
      ? []
      : [{ kind: 'workload identity pool', range: project, name: access.ci.poolId, path: access.ci.origin }]),
    ...operations.sinks.flatMap(({ name, destination, origin }) => [
      { kind: 'log sink', range: project, name, path: origin },
      ...(destination.kind === 'dataset'
        ? [{ kind: 'dataset', range: project, name: destination.name, path: origin }]
        : []),
    ]),
    ...operations.metrics.map(({ name, origin }) => ({
      kind: 'log metric',
      range: project,
      name,
      path: origin,
    })),
    ...operations.exclusions.map(({ name, origin }) => ({
      kind: 'log exclusion',
      range: project,
      name,
      path: origin,
    })),
    // Whoever comes second would replace what the first says, and both again and again.
    ...operations.auditLogs.map(({ service, origin }) => ({
      kind: 'audit configuration of',
      range: project,
      name: service,
      path: origin,
      fix: 'declare logging.auditLogs below one environment: the project has it only once',
    })),
  ];
}
