import { Problem } from '../problem';
import { type Dict, Float, isDict, isTruthy, type Value } from '../value/value';
import { pythonText } from '../value/python-text';
import { variableName } from './names';
import { flatten } from './nest';

/** The kinds of a setting that Meltano knows. */
export const kinds = [
  'string',
  'integer',
  'boolean',
  'decimal',
  'date_iso8601',
  'email',
  'password',
  'oauth',
  'options',
  'file',
  'array',
  'object',
  'hidden',
] as const;

/** The kind of a setting: what texts are read as. */
export type Kind = (typeof kinds)[number];

/** What is done with a value after it was read. */
export type Processor = 'nest_object' | 'upcase_string' | 'stringify' | 'parse_date';

/** A setting of the project or of a plugin. */
export interface SettingDefinition {
  readonly name: string;
  readonly aliases: readonly string[];
  /** A variable that is written to the plugin, and never read. */
  readonly env: string | undefined;
  readonly envAliases: readonly string[];
  readonly kind: Kind | undefined;
  /** The default. */
  readonly value: Value;
  /** What a setting of kind `options` may be. */
  readonly options: readonly Value[];
  readonly sensitive: boolean;
  readonly processor: Processor | undefined;
  readonly postProcessor: Processor | undefined;
}

const bare = {
  aliases: [],
  env: undefined,
  envAliases: [],
  kind: undefined,
  value: null,
  options: [],
  sensitive: false,
  processor: undefined,
  postProcessor: undefined,
} as const;

/** A definition from what differs from a bare one. */
export function setting(name: string, parts: Partial<SettingDefinition> = {}): SettingDefinition {
  return { ...bare, ...parts, name };
}

/** Reads a definition of meltano.yml or of a lock file. */
export function parseSetting(from: Value, of: string): SettingDefinition {
  if (!isDict(from) || typeof from.get('name') !== 'string') {
    throw new Problem(`${of}: a setting without a name`, { fix: 'Write `- name: …` for each setting.' });
  }
  const name = from.get('name') as string;
  const given = from.get('kind') ?? null;
  const kind = kinds.find((known) => known === given);
  if (given !== null && !kind) {
    throw new Problem(
      `${of}: the setting '${name}' has the kind '${pythonText(given)}', expected one of ${kinds.join(', ')}`,
    );
  }
  const sensitiveKind = kind === 'password' || kind === 'oauth';
  const marked =
    (kind === 'hidden' && isTruthy(from.get('hidden'))) || (sensitiveKind && isTruthy(from.get('sensitive')));
  return setting(name, {
    aliases: texts(from.get('aliases')),
    env: text(from.get('env')),
    envAliases: texts(from.get('env_aliases')),
    kind: marked ? 'string' : kind,
    value: from.get('value') ?? null,
    options: list(from.get('options')).map((option) =>
      isDict(option) ? (option.get('value') ?? null) : option,
    ),
    sensitive: sensitiveKind || isTruthy(from.get('sensitive')),
    processor: text(from.get('value_processor')) as Processor | undefined,
    postProcessor: text(from.get('value_post_processor')) as Processor | undefined,
  });
}

/** Definitions for the names of a configuration that none defines; their kind is that of the value. */
export function missingSettings(
  known: readonly SettingDefinition[],
  config: Dict,
  asDefault = false,
): SettingDefinition[] {
  const names = new Set(known.map((definition) => definition.name));
  return [...flatten(config)]
    .filter(([name]) => !names.has(name))
    .map(([name, value]) => setting(name, { kind: kindOf(value), value: asDefault ? value : null }));
}

/** The variables of a setting, in their order; those that are written are not all read. */
export function variablesOf(
  definition: SettingDefinition,
  prefixes: readonly (string | null)[],
  options: { custom: boolean; writing: boolean },
): string[] {
  const names = options.writing && definition.env !== undefined ? [definition.env] : [];
  names.push(...prefixes.map((prefix) => variableName(prefix, definition.name)));
  if (!options.writing) {
    for (const alias of definition.aliases)
      names.push(...prefixes.map((prefix) => variableName(prefix, alias)));
  }
  if (options.custom) names.push(...definition.envAliases);
  return [...new Set(names)];
}

function kindOf(value: Value): Kind | undefined {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number' || typeof value === 'bigint') return 'integer';
  if (value instanceof Float) return 'decimal';
  if (isDict(value)) return 'object';
  return Array.isArray(value) ? 'array' : undefined;
}

function list(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: Value | undefined): string[] {
  return list(value).filter((item): item is string => typeof item === 'string');
}

function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
