import type { ConfigPath } from '../config/problem';
import { zonesOf } from '../config/regions';
import type { DatabaseConfig } from '../config/schema/database';
import { interpreted } from '../config/schema/common';
import { database } from '../config/schema/database';
import { flagProblem } from './database-flags';
import { sharedCore, tierProblem } from './database-tiers';
import { limits } from './names';
import { type Scope, sortedEntries } from './scope';

const defaultTier = database.parse({ databases: ['any'] }, interpreted).tier;

/** An instance as it is typed, and where. */
export interface DeclaredInstance {
  readonly config: DatabaseConfig;
  readonly origin: ConfigPath;
}

/** Tells what Google would refuse of an instance after minutes of waiting. */
export function checkInstance(
  scope: Scope,
  { config, origin }: DeclaredInstance,
  declared: ReadonlyMap<string, DeclaredInstance>,
): void {
  checkName(scope, config, origin);
  checkMachine(scope, config, origin);
  checkFlags(scope, config, origin);
  checkMaintenance(scope, config, origin);
  checkReplicas(scope, config, origin);
  checkClone(scope, config, origin, declared);
}

function checkName({ config, problems }: Scope, { instanceName }: DatabaseConfig, origin: ConfigPath): void {
  const { project } = config.google;
  const together = project.length + 1 + (instanceName?.length ?? 0);
  if (instanceName === undefined || together <= limits.sqlInstanceWithProject) return;
  problems.add({
    path: [...origin, 'instanceName'],
    message: 'project and instance are together too long for Cloud SQL',
    found: `${project}:${instanceName}, ${together} characters`,
    allowed: `at most ${limits.sqlInstanceWithProject} characters, the colon included`,
    fix: `shorten it by ${together - limits.sqlInstanceWithProject} characters`,
    dependsOn: [['google', 'project']],
  });
}

function checkMachine(scope: Scope, config: DatabaseConfig, origin: ConfigPath): void {
  const { problems } = scope;
  const wrong = tierProblem(config.tier, config.edition);
  if (wrong !== undefined) {
    problems.add({
      ...wrong,
      path: [...origin, 'tier'],
      found: config.tier === defaultTier ? `${config.tier}, the default` : config.tier,
      fix: wrong.fix?.replace('change the edition', `change ${origin.join('.')}.edition`) ?? '',
      dependsOn: [[...origin, 'edition']],
    });
  }
  const standby = config.highAvailability ?? scope.config.production;
  if (standby && sharedCore.includes(config.tier)) {
    problems.add({
      path: [...origin, config.highAvailability === undefined ? 'tier' : 'highAvailability'],
      message:
        config.highAvailability === undefined
          ? 'production brings a standby, and a machine with a shared core has none'
          : 'a machine with a shared core has no standby',
      found: config.highAvailability === undefined ? config.tier : `true, with ${config.tier}`,
      allowed: `a standby with ${defaultTier} or more`,
      fix: `write tier: ${defaultTier}, or highAvailability: false`,
      dependsOn: [[...origin, 'tier'], ['production']],
    });
  }
  if (config.edition === 'ENTERPRISE' && config.backups.transactionLogDays > 7) {
    problems.add({
      path: [...origin, 'backups', 'transactionLogDays'],
      message: 'the edition ENTERPRISE keeps transaction logs for a week at most',
      found: String(config.backups.transactionLogDays),
      allowed: 'at most 7; with ENTERPRISE_PLUS at most 35',
      fix: 'lower it to 7',
      dependsOn: [[...origin, 'edition']],
    });
  }
}

function checkFlags({ problems }: Scope, { flags }: DatabaseConfig, origin: ConfigPath): void {
  for (const [name, value] of sortedEntries(flags)) {
    const wrong = flagProblem(name, value);
    if (wrong !== undefined)
      problems.add({ ...wrong, path: [...origin, 'flags', name], found: wrong.at === 'key' ? name : value });
  }
}

const dayMs = 24 * 60 * 60 * 1000;

function checkMaintenance({ problems }: Scope, { maintenance }: DatabaseConfig, origin: ConfigPath): void {
  const { deny } = maintenance;
  if (deny === undefined) return;
  const path = [...origin, 'maintenance', 'deny'];
  const days = { start: dayOf(deny.start), end: dayOf(deny.end) };
  for (const which of ['start', 'end'] as const) {
    if (days[which] !== undefined) continue;
    problems.add({
      path: [...path, which],
      message: 'the calendar has no such day',
      found: deny[which],
      allowed: 'a day that exists',
      fix: 'correct the day',
    });
  }
  if (days.start === undefined || days.end === undefined) return;
  if (deny.start.length !== deny.end.length) {
    problems.add({
      path: [...path, 'end'],
      message: 'one of the two days has a year and the other has none',
      found: `${deny.start} to ${deny.end}`,
      allowed: 'a year in both, or in neither',
      fix: 'write both in the same way',
    });
    return;
  }
  // Without a year the days may lie around the new year.
  const yearly = deny.start.length === 5 && days.end < days.start ? 365 * dayMs : 0;
  const length = Math.round((days.end + yearly - days.start) / dayMs);
  if (length >= 1 && length <= 90) return;
  problems.add({
    path: [...path, 'end'],
    message: 'maintenance can be denied for 1 to 90 days',
    found: `${deny.start} to ${deny.end}, ${length} days`,
    allowed: 'an end 1 to 90 days after the start',
    fix: length < 1 ? 'write a later end' : `write an end ${length - 90} days earlier`,
  });
}

/** A day in milliseconds, of any common year where it names none; undefined where there is no such day. */
function dayOf(text: string): number | undefined {
  const full = text.length === 5 ? `2001-${text}` : text;
  const time = Date.parse(`${full}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== full ? undefined : time;
}

function checkReplicas(scope: Scope, config: DatabaseConfig, origin: ConfigPath): void {
  for (const [key, replica] of sortedEntries(config.replicas)) {
    const path = [...origin, 'replicas', key];
    const wrong = replica.tier === undefined ? undefined : tierProblem(replica.tier, config.edition);
    if (wrong !== undefined) {
      scope.problems.add({
        ...wrong,
        path: [...path, 'tier'],
        found: replica.tier ?? '',
        fix: wrong.fix?.replace('change the edition', `change ${origin.join('.')}.edition`) ?? '',
        dependsOn: [[...origin, 'edition']],
      });
    }
    if (replica.diskSizeGb !== undefined && replica.diskSizeGb < config.diskSizeGb) {
      scope.problems.add({
        path: [...path, 'diskSizeGb'],
        message: 'a replica holds all that its instance holds',
        found: String(replica.diskSizeGb),
        allowed: `at least ${config.diskSizeGb}, the size of the instance`,
        fix: 'raise it, or remove it to have the same size',
        dependsOn: [[...origin, 'diskSizeGb']],
      });
    }
    const region = replica.region ?? scope.config.google.region;
    if (config.connect.psc !== undefined && region !== scope.config.google.region) {
      scope.problems.add({
        path: [...path, 'region'],
        message: 'Private Service Connect leads to the region of the subnet only',
        found: region,
        allowed: `${scope.config.google.region}, or an instance without connect.psc`,
        fix: 'remove it',
        dependsOn: [
          [...origin, 'connect'],
          ['google', 'region'],
        ],
      });
    }
    const zones = zonesOf(region);
    if (replica.zone !== undefined && !zones.includes(replica.zone)) {
      scope.problems.add({
        path: [...path, 'zone'],
        message: `the region ${region} has no zone '${replica.zone}'`,
        found: replica.zone,
        allowed: zones.join(', '),
        fix: `write ${zones[0] ?? ''}, or remove it`,
        dependsOn: [
          [...path, 'region'],
          ['google', 'region'],
        ],
      });
    }
  }
}

function checkClone(
  { problems }: Scope,
  config: DatabaseConfig,
  origin: ConfigPath,
  declared: ReadonlyMap<string, DeclaredInstance>,
): void {
  if (config.clone === undefined) return;
  for (const section of ['roles', 'users'] as const) {
    if (Object.keys(config[section]).length === 0) continue;
    problems.add({
      path: [...origin, section],
      at: 'key',
      message: `a clone has the ${section} of what it is a copy of`,
      found: Object.keys(config[section]).sort().join(', '),
      allowed: `${section} of instances that are no clones`,
      fix: `declare them there before the copy is made`,
    });
  }
  const { of } = config.clone;
  if (of === undefined) return;
  const path = [...origin, 'clone', 'of'];
  const source = problems.reference(path, of, 'instance', ['databases'], declared)?.config;
  if (source === undefined) return;
  if (source.clone !== undefined) {
    problems.add({
      path,
      message: source === config ? 'an instance is no copy of itself' : `'${of}' is a copy itself`,
      found: of,
      allowed: 'an instance that is no clone',
      fix: source === config ? 'name another instance' : `name ${source.clone.of ?? 'what it is a copy of'}`,
    });
    return;
  }
  if (source.version !== config.version) {
    problems.add({
      path: [...origin, 'version'],
      message: `a clone has the version of what it is a copy of`,
      found: config.version,
      allowed: `${source.version}, that of databases.${of}`,
      fix: `write version: ${source.version}`,
      dependsOn: [['databases', of, 'version']],
    });
  }
  config.databases.forEach((name, i) => {
    if (source.databases.includes(name)) return;
    problems.add({
      path: [...origin, 'databases', i],
      message: `a clone has the databases of what it is a copy of, and there is no '${name}' among them`,
      found: name,
      allowed: source.databases.join(', '),
      fix: `remove it, or add it to databases.${of}.databases before the copy is made`,
      dependsOn: [['databases', of, 'databases']],
    });
  });
}
