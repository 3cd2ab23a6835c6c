import { isTree } from './environments';
import type { ConfigPath, Problem } from './problem';

/** Texts that are credentials whatever they are called. */
const patterns: readonly (readonly [string, RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a Google service account key', /"private_key(_id)?"\s*:/],
  ['an AWS access key', /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})\b/],
  ['a GitLab token', /\bgl(pat|rt|dt|ptt|cbt)-[A-Za-z0-9_-]{16,}\b/],
  [
    'a Slack token or webhook',
    /\bxox[abeprs]-[A-Za-z0-9-]{10,}|hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/,
  ],
  ['a Google API key', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['a JSON web token', /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+/],
  ['an address with a password in it', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@$]+@/i],
];

const secretName =
  /(PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET|FERNET)[_-]?KEY|(^|[_-])(PASS|PWD|TOKEN|JWT))$/i;

/** A name that an unfinished or broken file may give a credential, with the value after it. */
const namedValue = /([\w.-]+)(["']?[ \t]*:[ \t]+)("[^"\n]*"?|'[^'\n]*'?|[^\s{[#&*|>][^,}#\n]*)/g;

/** Whether the name of a setting says that it holds a credential. */
export function hasSecretName(name: string): boolean {
  return secretName.test(name);
}

/**
 * The text with everything that looks like a credential replaced by asterisks, its lines and columns kept: a frame
 * shows neighbours too, and a file that is no YAML cannot be searched value by value.
 */
export function maskCredentials(text: string): string {
  const stars = (part: string) => part.replace(/\S/g, '*');
  const named = text.replace(namedValue, (whole, name: string, colon: string, value: string) =>
    hasSecretName(name) && !(name === 'secret' && value.includes('/')) ? name + colon + stars(value) : whole,
  );
  const blocks = named.replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*-----|$)/g, stars);
  return patterns.reduce(
    (masked, [, pattern]) => masked.replace(new RegExp(pattern, `${pattern.flags}g`), stars),
    blocks,
  );
}

const byName = 'a credential, by the name of the variable';

/** Another variable, a path, or nothing. */
const harmless = /^(\$\w+|\$\{\w+\}|(\/[\w.-]+)+\/?|)$/;

/**
 * Finds values that look like credentials, anywhere. Told as problems that never show the value.
 */
export function findPastedSecrets(value: unknown, path: ConfigPath = []): Problem[] {
  if (typeof value === 'string') return checkText(value, path);
  if (typeof value === 'number') return isSecretVariable(path) ? [pasted(byName, path)] : [];
  if (Array.isArray(value)) return value.flatMap((item, i) => findPastedSecrets(item, [...path, i]));
  if (!isTree(value)) return [];
  if (path.length === 3 && path[0] === 'secrets' && path[2] === 'keys') return [valuesForNames(value, path)];
  // Whoever writes this has been asked already.
  if (value.notSecret === true) return [];
  return Object.entries(value).flatMap(([key, item]) => findPastedSecrets(item, [...path, key]));
}

function checkText(text: string, path: ConfigPath): Problem[] {
  const what =
    patterns.find(([, pattern]) => pattern.test(text))?.[0] ??
    (isSecretVariable(path) && !harmless.test(text) ? byName : undefined);
  return what === undefined ? [] : [pasted(what, path)];
}

function pasted(what: string, path: ConfigPath): Problem {
  const name = String(path.at(-1) ?? '');
  const variable = path.at(-2) === 'env';
  return {
    path,
    message: `this looks like ${what}; secrets are named here, never held`,
    allowed: variable
      ? '{ secret: NAME/KEY }, with the name and the key declared under secrets'
      : 'a text that is no credential',
    fix: variable
      ? `write ${name}: { secret: tap-secrets/${name.toLowerCase()} }, and change the credential: it has been in a file`
      : 'remove it, and change the credential: it has been in a file',
    sensitive: true,
  };
}

function valuesForNames(value: object, path: ConfigPath): Problem {
  return {
    path,
    message: 'keys has values; secrets are named here, never held',
    allowed: 'a list of names',
    fix: `write keys: [${Object.keys(value).join(', ')}], and change the credentials: they have been in a file`,
    sensitive: true,
  };
}

function isSecretVariable(path: ConfigPath): boolean {
  return path.at(-2) === 'env' && hasSecretName(String(path.at(-1)));
}
