import type { DatabaseConfig } from '../config/schema/database';
import type { DeclaredInstance } from './database-checks';
import { fit, limits } from './names';
import type { DatabaseMaintenance, DatabasePsc, DatabaseReplica } from './platform';
import { compare, type Scope, sortedEntries } from './scope';

/** Days as Cloud SQL counts them, from 1. */
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

export function resolveMaintenance({ maintenance }: DatabaseConfig): DatabaseMaintenance {
  return {
    day: weekdays.indexOf(maintenance.day) + 1,
    hour: maintenance.hour,
    track: maintenance.track,
    deny: maintenance.deny ?? null,
  };
}

export function resolvePsc(
  { config, prefix }: Scope,
  key: string,
  { connect }: DatabaseConfig,
): DatabasePsc | null {
  if (connect.psc === undefined) return null;
  const name = fit(limits.computeResource, prefix, 'sql', key);
  return {
    allowedProjects: [...new Set([config.google.project, ...connect.psc.allowedProjects])].sort(compare),
    endpointName: name,
    zoneName: name,
  };
}

export function resolveReplicas(
  scope: Scope,
  instance: string,
  instanceName: string,
  { config, origin }: DeclaredInstance,
): DatabaseReplica[] {
  const { google } = scope.config;
  const room = limits.sqlInstanceWithProject - 1 - google.project.length;
  return sortedEntries(config.replicas).map(([key, replica]) => {
    const name = fit(room, instanceName, key);
    const psc = resolvePsc(scope, `${instance}-${key}`, config);
    const region = replica.region ?? google.region;
    return {
      key,
      name,
      connectionName: `${google.project}:${region}:${name}`,
      region,
      zone: replica.zone ?? null,
      psc,
      tier: replica.tier ?? config.tier,
      diskSizeGb: replica.diskSizeGb ?? config.diskSizeGb,
      origin: [...origin, 'replicas', key],
    };
  });
}
