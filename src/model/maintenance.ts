import type { ConfigPath } from '../config/problem';
import type { ClusterConfig } from '../config/schema/cluster';
import type { MaintenanceExclusion } from './platform';
import type { Problems } from './problems';
import { sortedEntries } from './scope';

/** Days of the week that come round at least this often in the 32 days that Google looks at. */
const weeksIn32Days = 4;

/**
 * How GKE limits the times without any upgrade.
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions
 */
const noUpgrades = { atMost: 3, days: 90 } as const;

/** How many exclusions of all kinds a cluster takes. */
const mostExclusions = 20;

const dayInMilliseconds = 24 * 60 * 60 * 1000;

/** The exclusions, by name. */
export function resolveExclusions({ maintenance }: ClusterConfig): MaintenanceExclusion[] {
  return sortedEntries(maintenance.exclusions).map(([name, exclusion]) => ({ name, ...exclusion }));
}

/** Adds a problem for each limit of GKE that a maintenance policy breaks. */
export function checkMaintenance(config: ClusterConfig, origin: ConfigPath, problems: Problems): void {
  const { maintenance } = config;
  const path = [...origin, 'maintenance'];
  const days = new Set(maintenance.days).size;
  const hours = weeksIn32Days * days * maintenance.durationHours;
  if (hours < 48) {
    problems.add({
      path,
      message: 'the window is too small for GKE',
      found: `${days} × ${maintenance.durationHours} hours a week, ${hours} hours in 32 days`,
      allowed: 'at least 48 hours in 32 days: 12 a week',
      fix: `add days, or write durationHours: ${Math.ceil(12 / days)}`,
    });
  }
  const exclusions = sortedEntries(maintenance.exclusions);
  for (const [name, { start, end, scope }] of exclusions) {
    checkExclusion([...path, 'exclusions', name], start, end, scope, problems);
  }
  const total = exclusions.filter(([, { scope }]) => scope === 'NO_UPGRADES').length;
  const tooMany =
    exclusions.length > mostExclusions
      ? { found: `${exclusions.length}`, allowed: `at most ${mostExclusions}` }
      : total > noUpgrades.atMost
        ? { found: `${total} with NO_UPGRADES`, allowed: `at most ${noUpgrades.atMost} with NO_UPGRADES` }
        : undefined;
  if (tooMany === undefined) return;
  problems.add({
    path: [...path, 'exclusions'],
    message: 'GKE takes fewer exclusions for a cluster',
    ...tooMany,
    fix: 'remove those that are over, or join those that follow each other',
  });
}

function checkExclusion(
  path: ConfigPath,
  start: string,
  end: string,
  scope: MaintenanceExclusion['scope'],
  problems: Problems,
): void {
  const [from, to] = [instantOf(start), instantOf(end)];
  for (const [key, text, instant] of [
    ['start', start, from],
    ['end', end, to],
  ] as const) {
    if (instant !== undefined) continue;
    problems.add({
      path: [...path, key],
      message: 'there is no such day or time',
      found: text,
      allowed: 'a date and time such as 2026-12-20T00:00:00Z',
      fix: 'correct it',
    });
  }
  if (from === undefined || to === undefined) return;
  const days = (to - from) / dayInMilliseconds;
  if (days <= 0) {
    problems.add({
      path: [...path, 'end'],
      message: 'the exclusion ends before it begins',
      found: `${start} to ${end}`,
      allowed: 'an end after the start',
      fix: 'exchange the two',
      dependsOn: [[...path, 'start']],
    });
  } else if (scope === 'NO_UPGRADES' && days > noUpgrades.days) {
    problems.add({
      path: [...path, 'end'],
      message: 'GKE does without any upgrade for a shorter time only',
      found: `${Math.ceil(days)} days`,
      allowed: `at most ${noUpgrades.days} days with NO_UPGRADES`,
      fix: `end it by ${timestamp(from + noUpgrades.days * dayInMilliseconds)}, or write scope: NO_MINOR_OR_NODE_UPGRADES`,
      dependsOn: [
        [...path, 'start'],
        [...path, 'scope'],
      ],
    });
  }
}

/** Milliseconds since 1970, or undefined for a day that no calendar has: JavaScript takes the 30th of February. */
function instantOf(text: string): number | undefined {
  const instant = Date.parse(text);
  return !Number.isNaN(instant) && timestamp(instant) === text ? instant : undefined;
}

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}
