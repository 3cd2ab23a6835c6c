const iso =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?)?(Z|[+-](?:0\d|1[0-2]):(?:00|30))?$/;
const units: Record<string, 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second'> = {};
for (const [unit, names] of Object.entries({
  year: 'year years yr yrs y',
  month: 'month months mo',
  week: 'week weeks wk w',
  day: 'day days d',
  hour: 'hour hours hr hrs h',
  minute: 'minute minutes min mins m',
  second: 'second seconds sec secs s',
})) {
  for (const name of names.split(' ')) units[name] = unit as 'year';
}
const numbers = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const oneDay = 86_400_000;
const milliseconds = { week: 7 * oneDay, day: oneDay, hour: 3_600_000, minute: 60_000, second: 1000 };
const step = /^\s*(?:and\s+|,\s*)?(?<sign>[+-])?(?<count>\d+|an?|[a-z]+)\s*(?<unit>[a-z]+)\b/;

/**
 * A date in words as an ISO text without an offset, in UTC: `3 days ago`, `yesterday`, `last month`, `5 Jan 2024`.
 *
 * ISO texts stay as they are, and so does what is understood in no way. English only.
 */
export function parseDate(text: string, now: Date): string {
  if (iso.test(text) || text.trim() === '') return text;
  const words = text.trim().toLowerCase();
  const found = relative(words, now) ?? absolute(words);
  return found ?? text;
}

function relative(words: string, now: Date): string | undefined {
  const named = { now: 0, today: 0, yesterday: -1, tomorrow: 1 }[words];
  if (named !== undefined) return isoText(new Date(now.getTime() + named * oneDay));
  const neighbour = /^(last|next)\s+(year|month|week|day)$/.exec(words);
  if (neighbour) return isoText(shift(now, neighbour[2] as 'week', neighbour[1] === 'last' ? -1 : 1));
  const ahead = words.startsWith('in ');
  let rest = words.replace(/^in\s+/, '').replace(/\s+ago$/, '');
  let at = now;
  while (rest.trim() !== '') {
    const groups = step.exec(rest)?.groups;
    const unit = units[groups?.unit ?? ''];
    const count = countOf(groups?.count ?? '');
    if (!unit || count === undefined) return undefined;
    at = shift(at, unit, ahead || groups?.sign === '+' ? count : -count);
    rest = rest.replace(step, '');
  }
  return isoText(at);
}

function countOf(word: string): number | undefined {
  if (/^\d+$/.test(word)) return Number(word);
  if (word === 'a' || word === 'an') return 1;
  const at = numbers.indexOf(word);
  return at < 0 ? undefined : at;
}

function shift(
  from: Date,
  unit: 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second',
  count: number,
): Date {
  if (unit !== 'year' && unit !== 'month') return new Date(from.getTime() + count * milliseconds[unit]);
  const result = new Date(from);
  const day = result.getUTCDate();
  result.setUTCDate(1);
  result.setUTCMonth(result.getUTCMonth() + (unit === 'year' ? 12 * count : count));
  const last = new Date(Date.UTC(result.getUTCFullYear(), result.getUTCMonth() + 1, 0)).getUTCDate();
  result.setUTCDate(Math.min(day, last));
  return result;
}

function absolute(words: string): string | undefined {
  const [, date = '', time] = /^(.*?)(?:[ t]+(\d{1,2}:\d{2}(?::\d{2})?))?$/.exec(words) ?? [];
  const clock = (time ?? '00:00').split(':').map((part) => part.padStart(2, '0'));
  const year = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(date);
  if (year) return day(year[1], Number(year[2]), year[3], clock);
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(date);
  if (american) return day(american[3], Number(american[1]), american[2], clock);
  const monthFirst = /^([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/.exec(date);
  if (monthFirst) return day(monthFirst[3], months.indexOf(monthFirst[1] ?? '') + 1, monthFirst[2], clock);
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})$/.exec(date);
  return dayFirst ? day(dayFirst[3], months.indexOf(dayFirst[2] ?? '') + 1, dayFirst[1], clock) : undefined;
}

function day(
  year: string | undefined,
  month: number,
  date: string | undefined,
  clock: string[],
): string | undefined {
  const [hour = '00', minute = '00', second = '00'] = clock;
  const at = new Date(
    Date.UTC(Number(year), month - 1, Number(date), Number(hour), Number(minute), Number(second)),
  );
  if (month < 1 || at.getUTCMonth() !== month - 1) return undefined;
  return at.toISOString().slice(0, 19);
}

/** Python's `isoformat`, with microseconds where there are any. */
function isoText(at: Date): string {
  const text = at.toISOString().slice(0, -1);
  return text.endsWith('.000') ? text.slice(0, -4) : `${text}000`;
}
