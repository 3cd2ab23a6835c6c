import { canonical } from './equal';
import { secretsOf } from './secrets/find';

/** What stands in the place of a value that nobody may read. */
export const MASK = '(masked)';

/** Whether a value may not be shown to everybody who can read a pull request. */
export function looksSecret(path: string, value: unknown): boolean {
  return secretsOf(value, lastName(path)).length > 0;
}

function lastName(path: string): string {
  const [, named] = /\[name=([^\]]*)\](?:\.value)?$/.exec(path) ?? [];
  return named ?? /([\w-]+)"?\]?$/.exec(path)?.[1] ?? path;
}

/** Both values with what may not be read taken out; whether anything was. */
export function masked(
  path: string,
  before: unknown,
  after: unknown,
  secret: boolean,
): { readonly before: unknown; readonly after: unknown; readonly masked: boolean } {
  const hide = secret || looksSecret(path, before) || looksSecret(path, after);
  if (!hide) return { before, after, masked: false };
  const cover = (value: unknown) => (value === undefined ? undefined : MASK);
  return { before: cover(before), after: cover(after), masked: canonical(before) !== '' };
}

/** A text with everything in it covered that looks like a credential; all of it, where that is not enough. */
export function shownText(text: string): string {
  const found = [...secretsOf(text, '')].sort((a, b) => b.length - a.length);
  if (found.length === 0) return text;
  const rest = found.reduce((shown, secret) => shown.split(secret).join(MASK), text);
  return secretsOf(rest, '').length > 0 ? MASK : rest;
}
