import { maskCredentials } from '../../config/credentials';
import { embeddedJson } from '../equal';
import { isTree } from '../types';
import { isReference, isSecretName } from './names';

/** Encodings within encodings further than this are nobody's. */
const maxDepth = 4;

/** Texts longer than this are looked at from their beginning. */
const maxLength = 1_000_000;

/** `password=…`, `password: …`, `"password":"…"`, `--password …`; also with what comes after a quote. */
const pair =
  /(?<![\w.-])([\w.-]{2,100})(?:\\?["'])?\s*(?:=>|:=|[=:]|(?<=(?:^|[\s"'=,[])--?[\w-]+)\s)\s*(?:\\?"([^"\n\\]*)\\?"|\\?'([^'\n\\]*)\\?'|([^\s"'&;,})\]]+))/g;
const userInfo = /[a-z][\w+.-]*:\/\/[^\s/:@]*:([^\s@/]+)@/gi;
const odbc = /(?:^|;)\s*(?:pwd|password)\s*=\s*(\{[^}]*\}|[^;]+)/gi;
const header = /\b(?:Bearer|Basic|Token)\s{1,4}([A-Za-z0-9._~+/=-]{6,})/gi;
const element = /<([\w.-]+)>([^<>\n]+)<\//g;
const block = /^([ \t]*)([\w.-]+):[ \t]*[|>][-+\d]*[ \t]*\n((?:\1[ \t]+.*(?:\n|$))+)/gm;
const shell = /(?:sshpass\s+-p\s*|curl\s.*?(?:-u|--user)[ =]*\S+?:|mysql\w*\s.*?\s-p)(['"]?)([^\s'"]+)\1/g;
const keyBlock = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*-----|$)/g;
const credentialQuery =
  /[?&](?:sig|signature|key|apikey|code|X-Goog-Signature|X-Amz-Signature)=([^&\s"']+)/gi;

/** The parts of a text that nobody may read, by what they look like and by what stands before them. */
export function secretsIn(whole: string, depth = 0): readonly string[] {
  if (depth > maxDepth || whole.length < 4) return [];
  const text = whole.length > maxLength ? whole.slice(0, maxLength) : whole;
  const json = embeddedJson(text);
  if (json !== undefined) return secretsOf(json, '', depth + 1);
  const found = [...knownIn(text)];
  for (const [, name = '', quoted, single, bare] of text.matchAll(pair)) {
    const value = quoted ?? single ?? bare ?? '';
    if (isSecretName(name.replace(/^-+/, '')) && !isReference(value) && value.length > 1) found.push(value);
  }
  for (const [, name = '', value = ''] of text.matchAll(element)) {
    if (isSecretName(name) && !isReference(value)) found.push(value);
  }
  for (const [, , name = '', lines = ''] of text.matchAll(block)) {
    if (isSecretName(name)) found.push(...lines.split('\n').map((line) => line.trim()));
  }
  for (const pattern of [userInfo, odbc, header, credentialQuery]) {
    for (const [, value = ''] of text.matchAll(pattern)) if (!isReference(value)) found.push(value);
  }
  for (const [, , value = ''] of text.matchAll(shell)) if (!isReference(value)) found.push(value);
  for (const [value] of text.matchAll(keyBlock)) {
    found.push(
      ...value
        .split(/\\n|\n/)
        .map((line) => line.trim())
        .filter((line) => !line.startsWith('-----')),
    );
  }
  found.push(...encodedIn(text, depth), ...randomIn(text));
  return [...new Set(found)].filter((secret) => secret !== '');
}

/** What is a credential whatever it is called. */
function knownIn(text: string): string[] {
  const covered = maskCredentials(text);
  if (covered === text) return [];
  const found: string[] = [];
  let from = -1;
  for (let at = 0; at <= text.length; at++) {
    const isCovered = at < text.length && covered.charAt(at) === '*' && text.charAt(at) !== '*';
    if (isCovered && from < 0) from = at;
    if (!isCovered && from >= 0) {
      found.push(text.slice(from, at));
      from = -1;
    }
  }
  return found.filter((part) => part.length > 2 && !isReference(part));
}

/** What base64, percent signs and hexadecimal digits hide; the hidden text and how it is written. */
function encodedIn(text: string, depth: number): string[] {
  const found: string[] = [];
  if (/%[0-9A-Fa-f]{2}/.test(text)) {
    const decoded = decodedUri(text);
    const inner = decoded === text ? [] : secretsIn(decoded, depth + 1);
    found.push(...inner, ...inner.map(encodeURIComponent));
  }
  for (const [token] of text.matchAll(/[A-Za-z0-9+/_-]{12,}={0,2}/g)) {
    const decoded = printable(Buffer.from(token, 'base64'));
    const hex = /^([0-9a-fA-F]{2})+$/.test(token) ? printable(Buffer.from(token, 'hex')) : undefined;
    for (const one of [decoded, hex]) {
      const inner = one === undefined ? [] : secretsIn(one, depth + 1);
      if (inner.length > 0) found.push(token, ...inner);
    }
  }
  return found;
}

/** Long texts that only a machine makes up; no digest and no identifier of hexadecimal digits. */
function randomIn(text: string): string[] {
  return [...text.matchAll(/(?<![\w+/=.:-])[A-Za-z0-9+/_-]{24,200}={0,2}(?![\w+/=.-])/g)].flatMap(
    ([token]) => {
      const isMixed = /[a-z]/.test(token) && /[A-Z]/.test(token) && (token.match(/\d/g) ?? []).length >= 2;
      if (!isMixed || /[/_-].*[/_-].*[/_-]/.test(token) || /^[0-9a-f-]+$/i.test(token)) return [];
      if (printable(Buffer.from(token, 'base64')) !== undefined) return [];
      return entropyOf(token) >= 4 ? [token] : [];
    },
  );
}

/** Bits for each character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / text.length) * Math.log2(count / text.length),
    0,
  );
}

function decodedUri(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  }
}

/** What bytes say, if they are a text. */
export function printable(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  // Whatever holds control characters is no text.
  return text.length >= 4 && !/[^\P{C}\s]|\uFFFD/u.test(text) ? text : undefined;
}

/** Nearly every text in a manifest holds none of these, and need not be looked at any further. */
const telltale =
  /:\/\/[^\s/]*@|pass|secret|token|credential|bearer|basic |key|auth|pwd|AKIA|ASIA|gh[pousr]_|glpat|xox|AIza|eyJ|%[0-9a-f]{2}|sig=/i;

const seen = new Map<string, readonly string[]>();

/** The same where there are many texts: what is hidden in base64 is found only where it is shown. */
export function quickSecretsIn(text: string): readonly string[] {
  if (text.length < 8 || !telltale.test(text)) return [];
  const known = seen.get(text);
  if (known !== undefined) return known;
  const found = secretsIn(text);
  if (seen.size < 20_000) seen.set(text, found);
  return found;
}

export interface Reading {
  /** Whether the name of the value counts; where a schema says what it is, it does not. */
  readonly isNamed?: boolean;
  /** How texts are looked at. */
  readonly scan?: (text: string) => readonly string[];
}

/**
 * The secrets of a value and everything in it: by the name that it has, by the name beside it (`name` and `value`), by
 * the argument before it, and by what it looks like.
 */
export function secretsOf(value: unknown, name: string, depth = 0, reading: Reading = {}): readonly string[] {
  const { isNamed = true, scan = secretsIn } = reading;
  if (value === undefined || value === null || typeof value === 'boolean' || depth > 60) return [];
  const inner = { scan };
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) =>
      secretsOf(item, flagBefore(value, index) ?? name, depth + 1, inner),
    );
  }
  if (isTree(value)) {
    const label = labelOf(value);
    return Object.entries(value).flatMap(([key, item]) => [
      ...scan(key),
      ...secretsOf(item, label !== undefined && isValueKey(key) ? label : key, depth + 1, inner),
    ]);
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (isNamed && isSecretName(name) && !isReference(text) && !isNameOfOne(name, text))
    return [text, ...scan(text)];
  return typeof value === 'string' ? scan(text) : [];
}

/** An external secret says under which key a value is kept: `secretKey: sf_password`. */
function isNameOfOne(name: string, text: string): boolean {
  return /^(secretKey|property)$/.test(name) && /^[A-Za-z][A-Za-z_.-]*$/.test(text);
}

/** Under which a value stands whose name stands beside it. */
export function isValueKey(key: string): boolean {
  return /^(value|values|content|default)$/i.test(key);
}

/** The name of a pair of a name and a value, where it is one of a secret. */
export function labelOf(tree: Readonly<Record<string, unknown>>): string | undefined {
  const label = tree.name ?? tree.key ?? tree.Name ?? tree.Key;
  return typeof label === 'string' && isSecretName(label) ? label : undefined;
}

/** `--password` and then the password. */
function flagBefore(list: readonly unknown[], index: number): string | undefined {
  const [before, item] = [list[index - 1], list[index]];
  if (typeof before !== 'string' || !/^--?[\w.-]+$/.test(before) || typeof item === 'object')
    return undefined;
  const flag = before.replace(/^-+/, '');
  return isSecretName(flag) && !(typeof item === 'string' && item.startsWith('--')) ? flag : undefined;
}
