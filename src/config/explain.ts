import type { z } from 'zod';
import { hasSecretName } from './credentials';
import { describe, isTree } from './environments';
import { listed, nearest } from './nearest';
import { type ConfigPath, formatPath, type Problem } from './problem';

type Issue = z.core.$ZodIssue;
type SizeIssue = Extract<Issue, { code: 'too_small' | 'too_big' }>;

/** What a setting may look like, by its key. */
const examples: Readonly<Record<string, string>> = {
  version: 'version: 1',
  name: 'name: acme',
  google: 'google: { project: PROJECT_ID, region: europe-west1 }',
  project: 'project: PROJECT_ID',
  region: 'region: europe-west1',
  databases: 'databases: [airflow]',
  keys: 'keys: [user, password]',
  meltano: 'meltano: PROJECT, a key under meltano',
  run: 'run: tap-postgres target-postgres',
  url: 'url: https://HOST/REPOSITORY.git',
  cidr: 'cidr: 10.1.0.0/16',
  ports: 'ports: [5432]',
  pods: 'pods: 10.80.0.0/17',
  services: 'services: 10.81.0.0/20',
  member: 'member: group:data-team@example.com',
  members: 'members: { team: group:data-team@example.com }',
  permissions: 'permissions: [cloudsql.instances.connect]',
  repository: 'repository: OWNER/REPOSITORY',
  domain: 'domain: data.example.com',
  domains: 'domains: [airflow.example.com]',
  filter: "filter: 'severity>=ERROR'",
  destination: 'destination: { bucket: KEY }',
  host: 'host: airflow.example.com',
  billingAccount: 'billingAccount: 01AB23-CD45EF-678901',
  currency: 'currency: EUR',
  key: 'key: KEY',
  schedule: 'schedule: "0 6 * * *"',
  cpu: 'cpu: 500m',
  cpuLimit: 'cpuLimit: 1',
  memory: 'memory: 1Gi',
  memoryLimit: 'memoryLimit: 1Gi',
  ephemeralStorage: 'ephemeralStorage: 2Gi',
  image: 'image: images/elt:1.0.0',
  directory: 'directory: /project',
  tier: 'tier: db-custom-2-7680',
  machineType: 'machineType: e2-standard-4',
  start: 'start: "03:00"',
};

/** Maps whose keys are made up by whoever writes the file, so that they say nothing about the form of a value. */
const namesByHand = ['authorizedNetworks', 'env', 'flags', 'labels'];

/** The message of an unknown key, and of a map that is none, is the list of the keys that are known. */
export function nameKeys(issue: z.core.$ZodRawIssue): string | undefined {
  const definition = issue.inst?._zod.def as { shape?: Record<string, unknown> } | undefined;
  const wanted = issue.code === 'unrecognized_keys' || issue.code === 'invalid_type';
  return wanted && definition?.shape !== undefined ? Object.keys(definition.shape).join(', ') : undefined;
}

/** What an issue of the schema means to the person who wrote the file. */
export function explain(issue: Issue, whole: unknown): Problem[] {
  const path = issue.path as ConfigPath;
  const value = valueAt(whole, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, issue.message.split(', ')));
    case 'invalid_key':
      return [wrongKey(path, issue.issues)];
    case 'invalid_value':
      return [
        value === undefined
          ? missing(path, listed(issue.values.map(String), 60))
          : wrongValue(path, value, issue.values),
      ];
    case 'invalid_type':
      return [value === undefined ? missing(path, typeName(issue)) : wrongType(path, value, issue)];
    case 'too_small':
    case 'too_big':
      return [wrongSize(path, value, issue)];
    default:
      return [value === undefined ? missing(path, issue.message) : wrongForm(path, value, issue)];
  }
}

function unknownKey(path: ConfigPath, key: string, known: readonly string[]): Problem {
  const near = nearest(key, known);
  const place = path.length === 0 ? 'at the top' : `in ${formatPath(path)}`;
  const secret = hasSecretName(key) || path[0] === 'secrets';
  const sensitive = secret || path.at(-2) === 'env';
  return {
    path: [...path, key],
    at: 'key',
    message: `there is no key '${key}' ${place}`,
    found: key,
    allowed: listed(known, 40),
    fix:
      key === '<<'
        ? 'write the values out: merge keys are not read'
        : secret
          ? 'remove it; if it holds a credential, change that: it has been in a file'
          : near === undefined
            ? 'remove it'
            : `did you mean '${near}'?`,
    ...(sensitive ? { sensitive } : {}),
  };
}

function wrongKey(path: ConfigPath, issues: readonly Issue[]): Problem {
  const given = String(path.at(-1));
  const patterns = issues.flatMap((issue) => ('pattern' in issue ? [issue.pattern] : []));
  const better = [given.toLowerCase(), slug(given), given.replace(/[^A-Za-z0-9_]+/g, '_')].find(
    (text) => text !== given && text !== '' && patterns.every((pattern) => matches(text, pattern)),
  );
  return {
    path,
    at: 'key',
    message: 'this cannot be a key here',
    found: given,
    allowed: issues.map((issue) => issue.message).join('; '),
    fix: better === undefined ? 'choose another name' : `for example ${better}`,
  };
}

function wrongValue(path: ConfigPath, value: unknown, values: readonly unknown[]): Problem {
  const texts = values.map(String);
  const [only, ...others] = texts;
  const near = typeof value === 'string' ? nearest(value, texts) : undefined;
  const asNumber = typeof value === 'string' && values.includes(Number(value));
  return {
    path,
    message: `${last(path)} has no such value`,
    found: asNumber ? `"${value}" (a text)` : describe(value),
    allowed: listed(texts, near === undefined ? 60 : 12),
    fix: asNumber
      ? `write it without quotes: ${value}`
      : near !== undefined
        ? `did you mean '${near}'?`
        : others.length === 0
          ? `write ${only ?? ''}`
          : 'choose one of them',
  };
}

function missing(path: ConfigPath, allowed: string): Problem {
  const example = examples[String(path.at(-1))];
  return {
    path,
    message: `${last(path)} is required and missing`,
    allowed,
    fix: example === undefined ? `add ${formatPath(path)}` : `add ${example}`,
  };
}

function typeName(issue: Extract<Issue, { code: 'invalid_type' }>): string {
  const names: Readonly<Record<string, string>> = {
    record: 'a map from names to settings',
    array: 'a list',
    string: 'a text',
    int: 'a whole number',
    boolean: 'true or false',
  };
  if (issue.expected === 'object') return `a map with ${issue.message}`;
  return names[issue.expected] ?? `a ${issue.expected}`;
}

function wrongType(
  path: ConfigPath,
  value: unknown,
  issue: Extract<Issue, { code: 'invalid_type' }>,
): Problem {
  const wanted = typeName(issue);
  const nothing = value === null && path.length === 0;
  return {
    path,
    message: nothing ? 'the file is empty' : `${last(path)} must be ${wanted.replace(/ (with|from) .*/, '')}`,
    found: describe(value),
    allowed: wanted,
    fix: nothing ? 'begin with version: 1, name and google' : fixType(path, value, issue.expected),
  };
}

function fixType(path: ConfigPath, value: unknown, expected: string): string {
  const map = expected === 'object' || expected === 'record';
  if (value === null) return `${map ? 'write {} for all defaults' : 'write a value'}, or remove the line`;
  if (map) return path.length === 0 ? 'write KEY: VALUE lines' : `write ${last(path)}: { KEY: VALUE }`;
  if (expected === 'array') {
    const entries = isTree(value) ? Object.keys(value) : [describe(value)];
    return `write ${last(path)}: [${listed(entries, 4)}]`;
  }
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return `quote it: "${String(value)}"`;
  }
  if (expected === 'boolean' && typeof value === 'string') {
    return `write ${/^(true|yes|on|1)$/i.test(value) ? 'true' : 'false'}, without quotes`;
  }
  return `write ${typeName({ expected } as Extract<Issue, { code: 'invalid_type' }>)}`;
}

function wrongSize(path: ConfigPath, value: unknown, issue: SizeIssue): Problem {
  const small = issue.code === 'too_small';
  const limit = Number(small ? issue.minimum : issue.maximum);
  const [unit, word] =
    issue.origin === 'string'
      ? [' characters', small ? 'short' : 'long']
      : issue.origin === 'array'
        ? [limit === 1 ? ' entry' : ' entries', small ? 'short' : 'long']
        : ['', small ? 'small' : 'large'];
  return {
    path,
    message: value === '' ? `${last(path)} is empty` : `${last(path)} is too ${word}`,
    found: typeof value === 'string' ? `${value} (${value.length} characters)` : describe(value),
    allowed: `at ${small ? 'least' : 'most'} ${limit}${unit}`,
    fix: fixSize(path, value, limit, small),
  };
}

function fixSize(path: ConfigPath, value: unknown, limit: number, small: boolean): string {
  if (typeof value === 'string') {
    return `${small ? 'lengthen' : 'shorten'} it by ${Math.abs(value.length - limit)} characters`;
  }
  if (Array.isArray(value)) return small ? 'add an entry' : 'remove entries';
  const change = `${small ? 'raise it to' : 'lower it to'} ${limit}`;
  return typeof path.at(-1) === 'number' ? change : `${change}, or remove it to use the default`;
}

function wrongForm(path: ConfigPath, value: unknown, issue: Issue): Problem {
  const pattern = 'pattern' in issue ? issue.pattern : undefined;
  const better = typeof value === 'string' ? slug(value) : '';
  const example = path.includes('exclusions')
    ? `${String(path.at(-1))}: "2026-12-20T00:00:00Z"`
    : { ...examples, version: 'version: 3.3.2' }[String(path.at(-1))];
  const parameters = issue.code === 'custom' ? issue.params : undefined;
  const sensitive = mayHoldSecret(path, value) || parameters?.sensitive === true;
  const fix =
    typeof parameters?.fix === 'string'
      ? parameters.fix
      : pattern !== undefined && !takesParts(pattern) && better.length > 2 && matches(better, pattern)
        ? `for example ${better}`
        : value === null
          ? 'write a value, or remove the line'
          : path.at(-2) === 'flags' && typeof value === 'boolean'
            ? `write ${value ? 'on' : 'off'}`
            : example === undefined || namesByHand.includes(String(path.at(-2)))
              ? 'write it in that form'
              : `for example ${example}`;
  return {
    path,
    message:
      typeof parameters?.message === 'string'
        ? parameters.message
        : `${last(path)} does not have the right form`,
    ...(sensitive ? {} : { found: describe(value) }),
    allowed: issue.message,
    fix,
    ...(sensitive ? { sensitive } : {}),
  };
}

/** A reference to a secret that is none may be the secret itself, pasted. */
function mayHoldSecret(path: ConfigPath, value: unknown): boolean {
  return (path.at(-2) === 'env' && isTree(value)) || (path.at(-3) === 'env' && path.at(-1) === 'secret');
}

/** Whether a text has the form that a schema gives as `/pattern/`. */
function matches(text: string, pattern: string | undefined): boolean {
  return pattern === undefined || new RegExp(pattern.slice(1, pattern.lastIndexOf('/'))).test(text);
}

/** Whether the form has parts that a name has not, so that a name made of the text would mean something else. */
function takesParts(pattern: string): boolean {
  return ['a b', 'a:b'].some((text) => matches(text, pattern));
}

/** A key that is allowed and like the given one. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
}

function last(path: ConfigPath): string {
  const names = path.filter((part) => typeof part === 'string');
  const indices = path.slice(path.lastIndexOf(names.at(-1) ?? '') + 1);
  return names.length === 0 ? 'the file' : formatPath([names.at(-1) ?? '', ...indices]);
}

/** What stands at a path. */
export function valueAt(value: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      Array.isArray(at) ? (at as unknown[])[Number(part)] : isTree(at) ? at[String(part)] : undefined,
    value,
  );
}
