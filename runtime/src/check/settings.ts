import { readFileSync, statSync } from 'node:fs';
import type { Project } from '../project/project';
import type { SettingDefinition } from '../settings/definition';
import type { PluginSettings } from '../settings/plugin-settings';
import { isTruthy, type Value } from '../value/value';
import type { Finding } from './finding';

/** Names of settings whose value is a file that has to be there. */
const fileName = /(^|[_.])(key_?file|credentials?_(file|path)|private_key_path|ssl_[a-z_]*file|file_?path)$/i;

/** What is missing in a plugin's configuration: values that it needs, secrets, files with secrets. */
export function checkSettings(project: Project, settings: PluginSettings, about: string): Finding[] {
  return [
    ...checkGroups(settings, about),
    ...settings.definitions.flatMap((definition) => [
      ...checkSecret(settings, definition, about),
      ...checkFile(project, settings, definition, about),
    ]),
  ];
}

/** A plugin may name groups of settings; one of them has to have values throughout. */
function checkGroups(settings: PluginSettings, about: string): Finding[] {
  const { plugin } = settings;
  const missing = plugin.settingsGroups.map((group) => group.filter((name) => isMissing(settings.get(name))));
  if (missing.length === 0 || missing.some((group) => group.length === 0)) return [];
  // The group that is nearest to being whole is the one that somebody has begun with.
  const [nearest = []] = [...missing].sort((a, b) => a.length - b.length);
  const names = nearest.map((name) => `'${name}'`).join(', ');
  return [
    {
      severity: 'error',
      about,
      message:
        nearest.length === 1 ? `the setting ${names} has no value` : `the settings ${names} have no values`,
      fix: `Set ${nearest.map((name) => plugin.variableFor(name)).join(', ')}, or write it under \`config:\` in meltano.yml.`,
    },
  ];
}

function isMissing(value: Value): boolean {
  return value === null || value === '';
}

function checkSecret(settings: PluginSettings, definition: SettingDefinition, about: string): Finding[] {
  if (!definition.sensitive) return [];
  const { value } = settings.resolve(definition);
  const variable = settings.plugin.variableFor(definition.name);
  const secret = `the secret '${definition.name}'`;
  if (value === '') {
    return [{ severity: 'error', about, message: `${secret} is empty`, fix: `Give ${variable} a value.` }];
  }
  if (value !== null) return [];
  const fix = `Set ${variable} where it is needed.`;
  return [{ severity: 'warning', about, message: `${secret} has no value`, fix }];
}

/** A mounted secret that was not filled is an empty file; one that was not mounted is none. */
function checkFile(
  project: Project,
  settings: PluginSettings,
  definition: SettingDefinition,
  about: string,
): Finding[] {
  const { value, source } = settings.resolve(definition);
  const isFile = definition.kind === 'file' || (fileName.test(definition.name) && source !== 'default');
  if (definition.name.startsWith('_') || !isFile || typeof value !== 'string' || !isTruthy(value)) return [];
  const reason = whyUnusable(project.path(value));
  if (reason === undefined) return [];
  return [
    {
      severity: 'error',
      about,
      message: `the file of '${definition.name}' ${reason}: ${value}`,
      fix: 'Look at the secret that is mounted there, or at the setting.',
    },
  ];
}

/** Why a file cannot be what a plugin reads its secret from; undefined where it can. */
function whyUnusable(file: string): string | undefined {
  try {
    const found = statSync(file);
    if (found.isDirectory()) return undefined;
    if (found.size === 0) return 'is empty';
    return readFileSync(file, 'utf8').trim() === '' ? 'is empty' : undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'cannot be read';
  }
}
