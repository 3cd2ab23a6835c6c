import { Problem } from '../problem';
import { parseSetting, type SettingDefinition } from '../settings/definition';
import { type Dict, isDict, isTruthy, type Value } from '../value/value';
import { pythonText } from '../value/python-text';
import { parseCommands } from './command';
import { Definition } from './definition';
import type { OwnParts } from './plugin';
import type { PluginType } from './types';

/** Keys of a plugin that are not extras. */
const named = new Set(
  (
    'name inherit_from namespace variant pip_url python executable capabilities settings_group_validation settings ' +
    'commands requires requires_meltano config default_variant env annotations hidden label logo_url description'
  ).split(' '),
);
/** Keys that a whole definition may have beside those. */
const ofDefinition = new Set(
  'plugin_type original deprecated docs repo supported_python_versions variants is_default_variant'.split(
    ' ',
  ),
);

/** Reads a plugin of meltano.yml. */
export function parsePlugin(type: PluginType, from: Value, where: string): OwnParts {
  if (!isDict(from))
    throw new Problem(`${where}: a plugin of ${type} is no map`, { fix: 'Write `- name: …`.' });
  const name = from.get('name');
  if (typeof name !== 'string' || name === '') {
    throw new Problem(`${where}: a plugin of ${type} has no name`, { fix: 'Write `- name: …`.' });
  }
  if (name.includes(':')) {
    throw new Problem(`${where}: the plugin name '${name}' contains ':', which parts a state id`, {
      fix: 'Rename it.',
    });
  }
  const of = `${where}: ${name}`;
  const inheritFrom = text(from, 'inherit_from', of);
  const own = {
    type,
    name,
    inheritFrom: inheritFrom === name ? undefined : inheritFrom,
    namespace: text(from, 'namespace', of),
    variant: text(from, 'variant', of),
    pipUrl: text(from, 'pip_url', of),
    python: scalar(from.get('python')),
    executable: text(from, 'executable', of),
    capabilities: names(from.get('capabilities')),
    requiresMeltano: text(from, 'requires_meltano', of),
    settings: settings(from.get('settings'), of),
    settingsGroups: groups(from.get('settings_group_validation')),
    commands: parseCommands(from.get('commands'), of),
    config: map(from.get('config'), `${of}: config`),
    env: parseEnv(from.get('env'), `${of}: env`),
    extras: new Map([...from].filter(([key]) => !named.has(key))),
    where,
  };
  if (!isCustom(own)) return own;
  return { ...own, extras: new Map([...own.extras].filter(([key]) => !ofDefinition.has(key))) };
}

/** Whether meltano.yml itself says what the plugin is. */
export function isCustom(own: Pick<OwnParts, 'inheritFrom' | 'namespace'>): boolean {
  return own.inheritFrom === undefined && own.namespace !== undefined;
}

/** The definition of a plugin that meltano.yml itself gives. */
export function customDefinition(own: OwnParts): Definition {
  const {
    type,
    name,
    variant,
    pipUrl,
    python,
    requiresMeltano,
    executable,
    capabilities,
    settings: known,
    settingsGroups,
  } = own;
  return new Definition({
    ...{
      type,
      name,
      variant,
      pipUrl,
      python,
      requiresMeltano,
      executable,
      capabilities,
      settings: known,
      settingsGroups,
    },
    namespace: own.namespace ?? name,
    commands: new Map(),
    extras: new Map(),
  });
}

/** The definition in a lock file. */
export function parseDefinition(type: PluginType, from: Dict, file: string): Definition {
  const name = from.get('name');
  const namespace = from.get('namespace');
  if (typeof name !== 'string' || typeof namespace !== 'string') {
    throw new Problem(`${file}: name or namespace is missing`, {
      fix: 'Write the lock file anew with `meltano lock --update`.',
    });
  }
  return new Definition({
    type,
    name,
    namespace,
    variant: text(from, 'variant', file),
    pipUrl: text(from, 'pip_url', file),
    python: scalar(from.get('python')),
    requiresMeltano: text(from, 'requires_meltano', file),
    executable: text(from, 'executable', file),
    capabilities: names(from.get('capabilities')),
    settings: settings(from.get('settings'), file),
    settingsGroups: groups(from.get('settings_group_validation')),
    commands: parseCommands(from.get('commands'), file),
    extras: new Map([...from].filter(([key]) => !named.has(key) && !ofDefinition.has(key))),
  });
}

/** Reads an `env:` block; numbers are refused, since Meltano fails to start with them. */
export function parseEnv(from: Value | undefined, of: string): Record<string, string> {
  return Object.fromEntries(
    [...map(from, of)].map(([name, value]) => {
      if (typeof value !== 'string') {
        throw new Problem(`${of}: ${name} is ${pythonText(value)}, expected a text`, {
          fix: `Write it in quotes.`,
        });
      }
      return [name, value];
    }),
  );
}

function map(from: Value | undefined, of: string): Dict {
  if (!isTruthy(from)) return new Map();
  if (!isDict(from)) throw new Problem(`${of} is no map`, { fix: 'Write `key: value` below it.' });
  return from;
}

function settings(from: Value | undefined, of: string): SettingDefinition[] {
  if (!isTruthy(from)) return [];
  if (!Array.isArray(from))
    throw new Problem(`${of}: settings is no list`, { fix: 'Write `- name: …` for each.' });
  return from.map((one) => parseSetting(one, of));
}

function names(from: Value | undefined): string[] | undefined {
  return Array.isArray(from) ? from.map((one) => pythonText(one)) : undefined;
}

function groups(from: Value | undefined): string[][] {
  return Array.isArray(from) ? from.flatMap((one) => [names(one) ?? []]) : [];
}

function scalar(from: Value | undefined): string | undefined {
  return isTruthy(from) ? pythonText(from ?? null) : undefined;
}

function text(from: Dict, key: string, of: string): string | undefined {
  const value = from.get(key) ?? null;
  if (value === null) return undefined;
  if (typeof value !== 'string') {
    throw new Problem(`${of}: ${key} is ${pythonText(value)}, expected a text`, {
      fix: 'Write it in quotes.',
    });
  }
  return value === '' ? undefined : value;
}
