import { nearest } from './nearest';

/** What has been asked: the formatter that answers is slow to make, and a thousand pipelines share a few zones. */
const asked = new Map<string, boolean>();

/** Whether the tz database has the name, written as it writes it: nodes look it up as a file. */
export function isTimeZone(name: string): boolean {
  const known = asked.get(name) ?? lookUp(name);
  asked.set(name, known);
  return known;
}

function lookUp(name: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** How a wrong name is mended. */
export function suggestTimeZone(name: string): string {
  const known = Intl.supportedValuesOf('timeZone');
  const city = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
  const near =
    known.find((zone) => zone.toLowerCase().endsWith(`/${city}`)) ?? nearest(name, ['Etc/UTC', ...known]);
  return near === undefined ? 'write CONTINENT/CITY' : `did you mean '${near}'?`;
}
