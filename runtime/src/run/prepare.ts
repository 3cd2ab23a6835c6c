import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import type { PluginSettings } from '../settings/plugin-settings';
import { childVariables } from '../plugins/child-env';
import { executablePath, runFolder } from '../plugins/paths';
import { expandValue } from '../settings/expand';
import { singerConfig } from '../settings/nest';
import { isSecretName } from '../log/mask';
import { printJson } from '../value/json-print';
import { pythonText } from '../value/python-text';
import { type Dict, isDict, type Value } from '../value/value';
import { sdkLogging, singerLogging } from './logging-config';
import type { ChildSpec } from './child';
import type { RunContext } from './context';

/** A plugin that is ready to be started. */
export interface Prepared {
  readonly settings: PluginSettings;
  readonly executable: string;
  readonly env: Record<string, string>;
  /** Its configuration, in memory. */
  readonly config: string;
}

const short = { extractors: 'tap', loaders: 'target', mappers: 'mapper' } as Record<string, string>;

/** Writes the files that a Singer plugin is started with. */
export function prepareSinger(context: RunContext, settings: PluginSettings, index: number): Prepared {
  const { project, scratch } = context;
  const { plugin } = settings;
  const kind = short[plugin.type] ?? plugin.type;
  maskSecrets(context, settings);
  const config =
    plugin.type === 'mappers' ? mapperConfig(context, settings) : singerConfig(settings.processed());
  const folder = runFolder(project, plugin);
  mkdirSync(folder, { recursive: true });
  const structured =
    plugin.capabilities.includes('structured-logging') && settings.get('_log_parser') === 'singer-sdk';
  const files = {
    SINGER_SDK_LOG_CONFIG: writeUnlessSame(
      `${folder}/${kind}.singer_sdk_logging.json`,
      sdkLogging(structured),
    ),
    LOGGING_CONF_FILE: writeUnlessSame(`${folder}/${kind}.pipelinewise_logging.conf`, singerLogging()),
  };
  return {
    settings,
    executable: executablePath(project, plugin),
    env: childVariables(project, settings, files),
    config: scratch.write(`${index}.${kind}.config.json`, printJson(config, 2)),
  };
}

/** How to mend that a plugin's program is missing. */
export function installHint(settings: PluginSettings): string {
  const { plugin } = settings;
  return plugin.pipUrl === undefined
    ? `Look at \`executable\` of ${plugin.name} in meltano.yml.`
    : `Install it with \`tapline-run install ${plugin.name}\`.`;
}

/** What is to be started for a plugin; its pipes are still to be told. */
export function specOf(
  context: RunContext,
  prepared: Prepared,
  args: readonly string[],
): Omit<ChildSpec, 'stdio'> {
  return {
    name: prepared.settings.plugin.name,
    argv: [prepared.executable, ...args],
    env: prepared.env,
    cwd: context.cwd,
    missing: installHint(prepared.settings),
    guard: context.scratch.guard,
  };
}

/** Keeps the secrets of a plugin's configuration out of the log. */
export function maskSecrets(context: RunContext, settings: PluginSettings): void {
  for (const definition of settings.definitions) {
    if (definition.sensitive || isSecretName(definition.name))
      hide(context, settings.resolve(definition).value);
  }
}

function hide(context: RunContext, value: Value): void {
  if (isDict(value)) for (const inner of value.values()) hide(context, inner);
  else if (Array.isArray(value)) for (const inner of value) hide(context, inner);
  else if (value !== null && typeof value !== 'boolean') context.log.mask.add(pythonText(value));
}

/** A mapper's configuration: its settings, and whole keys of the mapping's own over them. */
function mapperConfig(context: RunContext, settings: PluginSettings): Dict {
  const { project } = context;
  const extras = settings.plugin.own.extras;
  const mappings = extras.get('mappings');
  const mapping = (Array.isArray(mappings) ? mappings : []).find(
    (one) => isDict(one) && one.get('name') === extras.get('mapping_name'),
  );
  const own = isDict(mapping) ? (mapping.get('config') ?? null) : null;
  const over = expandValue(own, { ...project.dotenv, ...project.settings.env }, 'empty');
  return new Map([...singerConfig(settings.processed()), ...(isDict(over) ? over : [])]);
}

function writeUnlessSame(file: string, text: string): string {
  if (!existsSync(file) || statSync(file).size !== Buffer.byteLength(text)) writeFileSync(file, text);
  return file;
}
