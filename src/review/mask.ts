import { hasSecretName, maskCredentials } from '../config/credentials';
import { canonical } from './equal';
import { isTree } from './types';

/** What stands in the place of a value that nobody may read. */
export const MASK = '(masked)';

/** Whether a value may be shown to everybody who can read a pull request. */
export function looksSecret(path: string, value: unknown): boolean {
  if (value === undefined || value === null || typeof value === 'boolean') return false;
  if (isTree(value) || Array.isArray(value)) {
    const name = isTree(value) && typeof value.name === 'string' ? value.name : undefined;
    return Object.entries(value).some(
      ([key, item]) =>
        looksSecret(Array.isArray(value) ? path : `${path}.${key}`, item) ||
        (key === 'value' &&
          name !== undefined &&
          hasSecretName(name) &&
          typeof item === 'string' &&
          item !== ''),
    );
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === '' || /^\$\{[^}]*\}$/.test(text)) return false;
  if (maskCredentials(text) !== text || holdsEncoded(text)) return true;
  return hasSecretName(lastName(path)) && !isReference(text);
}

/** Base64 is how manifests carry secrets: what it holds is looked at as well. */
function holdsEncoded(text: string): boolean {
  if (text.length < 16 || !/^[A-Za-z0-9+/_=-]+$/.test(text)) return false;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return /^[\x20-\x7e\s]+$/.test(decoded) && maskCredentials(decoded) !== decoded;
}

/** A name of a secret, a path, a reference: where a secret is, not what it is. */
function isReference(text: string): boolean {
  return (
    /^(\$\{.*\}|\$\(?\w+\)?|projects\/[\w./-]+|\/[\w./-]+|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)$/.test(text) &&
    text.length < 64
  );
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

/** A text with everything in it covered that looks like a credential. */
export function shownText(text: string): string {
  return looksSecret('', text) ? MASK : text;
}
