/** Presets that both know; each has a form with five fields. */
const presets = ['@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually'];

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names in place of numbers, the first for `min`. */
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  {
    name: 'month',
    min: 1,
    max: 12,
    names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  { name: 'weekday', min: 0, max: 6, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] },
];

const longestMonth: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Why a text is no schedule: what may stand there, and how it is mended where that is more than an example. */
export interface CronProblem {
  readonly allowed: string;
  readonly fix?: string;
}

/**
 * Why a text is no schedule, or undefined where it is one.
 *
 * A schedule is what both readers take: the standard parser of robfig/cron v3, which Kubernetes uses, and croniter,
 * which Airflow uses. Seconds, L, W, #, weekday 7, ranges that run backwards and `@every` are known to one of them at
 * most, and `?` is only another `*`.
 * @see https://pkg.go.dev/github.com/robfig/cron/v3#ParseStandard
 * @see https://pypi.org/project/croniter/
 */
export function cronProblem(value: string): CronProblem | undefined {
  if (presets.includes(value)) return undefined;
  if (value.startsWith('@')) {
    return { allowed: `one of ${presets.join(', ')}, or cron with five fields` };
  }
  const parts = value.trim().split(/\s+/);
  if (parts.length !== fields.length) {
    return { allowed: 'cron with five fields: minute hour day month weekday' };
  }
  for (const [i, field] of fields.entries()) {
    const problem = fieldProblem(parts[i] ?? '', field);
    if (problem !== undefined) return problem;
  }
  return neverRuns(parts) ? { allowed: 'a day that at least one of its months has' } : undefined;
}

function fieldProblem(text: string, field: Field): CronProblem | undefined {
  for (const item of text.split(',')) {
    const [, start, end, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(item) ?? [];
    if (start === undefined || (start === '*' && end !== undefined)) return malformed(item, field);
    if (step !== undefined && Number(step) < 1)
      return { allowed: `a step of at least 1 for the ${field.name}` };
    if (start === '*') continue;
    const [from, to] = [numberOf(start, field), numberOf(end ?? start, field)];
    if (field.name === 'weekday' && (from === 7 || to === 7)) return sunday(item);
    if (from === undefined || to === undefined) return malformed(item, field);
    if (from < field.min || to > field.max) return outside(field);
    if (from > to) return backwards(start, end ?? start, field);
  }
  return undefined;
}

/** The number that a text or a name stands for; undefined where it is neither. */
function numberOf(text: string, { min, names = [] }: Field): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const index = names.indexOf(text.toUpperCase());
  return index === -1 ? undefined : min + index;
}

function sunday(item: string): CronProblem {
  const range = /^(\d)-7$/.exec(item)?.[1];
  const instead = item === '7' ? '0' : range === undefined ? undefined : range < '2' ? '*' : `${range}-6,0`;
  return {
    allowed: 'a weekday from 0 to 6, or SUN to SAT: Kubernetes knows no weekday 7',
    fix: instead === undefined ? '0 is Sunday' : `0 is Sunday: write ${instead} for ${item}`,
  };
}

function backwards(start: string, end: string, { name, min, max, names }: Field): CronProblem {
  const [first, last] = /^\d/.test(start) ? [min, max] : [names?.[0] ?? min, names?.at(-1) ?? max];
  return {
    allowed: `a range of the ${name} that does not run backwards`,
    fix: `write two ranges: ${start}-${last},${first}-${end}`,
  };
}

function outside({ name, min, max, names }: Field): CronProblem {
  const named = names === undefined ? '' : `, or ${names[0] ?? ''} to ${names.at(-1) ?? ''}`;
  return { allowed: `${name === 'hour' ? 'an' : 'a'} ${name} from ${min} to ${max}${named}` };
}

function malformed(item: string, field: Field): CronProblem {
  if (item === '?') return { allowed: '* for any', fix: 'write * for ?' };
  if (/[LW#]/.test(item)) return { allowed: 'cron without the extensions L, W and #' };
  return { allowed: `${outside(field).allowed}, as *, a, a-b, */n, a-b/n or a/n, with commas between` };
}

/** Whether no month of the schedule has any of its days, as 30 February. */
function neverRuns(parts: readonly string[]): boolean {
  const [, , day = '*', month = '*', weekday = '*'] = parts;
  const [, , days, months] = fields as [Field, Field, Field, Field];
  if (!weekday.startsWith('*') || day.includes('*')) return false;
  const first = Math.min(...day.split(',').map((item) => numberOf(item.split(/[-/]/)[0] ?? '', days) ?? 1));
  return longestMonth.every((length, i) => first > length || !includes(month, i + 1, months));
}

function includes(text: string, value: number, field: Field): boolean {
  return text.split(',').some((item) => {
    const [range = '', step] = item.split('/');
    const [start = '', end = step === undefined ? start : ''] = range.split('-');
    const from = start === '*' ? field.min : (numberOf(start, field) ?? field.min);
    const to = start === '*' || end === '' ? field.max : (numberOf(end, field) ?? field.max);
    return value >= from && value <= to && (value - from) % Number(step ?? 1) === 0;
  });
}
