/** Days of a week as iCalendar spells them, in their order. */
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** When Google may do maintenance. */
export interface MaintenanceWindow {
  /** Time of day when it may begin, UTC, for example `03:00`. */
  readonly start: string;
  /** How long the window is, in hours. */
  readonly durationHours: number;
  /** Days of the window, for example `SA`. */
  readonly days: readonly string[];
}

/** A time without upgrades. */
export interface MaintenanceExclusion {
  /** Name of the exclusion, unique within the cluster. */
  readonly name: string;
  /** When it begins, RFC 3339 in UTC. */
  readonly start: string;
  /** When it ends, RFC 3339 in UTC. */
  readonly end: string;
  /** What does not happen meanwhile. */
  readonly scope: 'NO_UPGRADES' | 'NO_MINOR_UPGRADES' | 'NO_MINOR_OR_NODE_UPGRADES';
}

/**
 * A weekly window as GKE takes it: the first occurrence, and a rule for the others.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions
 */
export function recurringWindow({ start, durationHours, days }: MaintenanceWindow) {
  // Any day long past will do for the first occurrence; it must never change, or every plan would show it.
  const first = Date.parse(`2025-01-01T${start}:00Z`);
  const unknown = days.filter((day) => !weekdays.includes(day));
  if (Number.isNaN(first) || unknown.length > 0 || days.length === 0) {
    throw new Error(
      `maintenance window: got start '${start}' and days '${days.join(',')}', expected a time such as 03:00 and some of ${weekdays.join(', ')}; change them`,
    );
  }
  const byDay = weekdays.filter((day) => days.includes(day));
  return {
    startTime: timestamp(first),
    endTime: timestamp(first + durationHours * 60 * 60 * 1000),
    recurrence: `FREQ=WEEKLY;BYDAY=${byDay.join(',')}`,
  };
}

/** RFC 3339 without fractions of a second, as Google returns it. */
function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}
