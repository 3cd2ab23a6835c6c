import { type SettingDefinition, setting } from '../settings/definition';
import type { Value } from '../value/value';

/** The kinds of plugins, in the order in which a name is looked for. */
export const pluginTypes = [
  'extractors',
  'loaders',
  'transforms',
  'orchestrators',
  'transformers',
  'files',
  'utilities',
  'mappers',
] as const;

/** A kind of plugin, as meltano.yml writes it. */
export type PluginType = (typeof pluginTypes)[number];

/** One of a kind: `extractor`, `utility`. */
export function singular(type: PluginType): string {
  return type === 'utilities' ? 'utility' : type.slice(0, -1);
}

/** What a plugin of the kind does; `MELTANO_<VERB>_…` variables are written for it. */
export function verb(type: PluginType): string {
  if (type === 'transforms') return 'transform';
  if (type === 'utilities') return 'utilize';
  return type === 'mappers' ? 'map' : type.slice(0, -3);
}

/** Whether the plugin reads or writes Singer messages. */
export function isSinger(type: PluginType): boolean {
  return type === 'extractors' || type === 'loaders' || type === 'mappers';
}

const logParser = setting('_log_parser', { value: 'singer-sdk' });
const emptyMap = (): Value => new Map<string, Value>();

/** The extras that every plugin of a kind has, with their defaults. */
export const extrasOf: Readonly<Partial<Record<PluginType, readonly SettingDefinition[]>>> = {
  extractors: [
    logParser,
    setting('_catalog'),
    setting('_state'),
    setting('_load_schema', { value: '$MELTANO_EXTRACTOR_NAMESPACE' }),
    setting('_select', { kind: 'array', value: ['*.*'] }),
    setting('_metadata', {
      aliases: ['metadata'],
      kind: 'object',
      value: emptyMap(),
      processor: 'nest_object',
    }),
    setting('_schema', { kind: 'object', value: emptyMap(), processor: 'nest_object' }),
    setting('_select_filter', { kind: 'array', value: [] }),
    setting('_use_cached_catalog', { kind: 'boolean', value: true }),
  ],
  loaders: [logParser, setting('_dialect', { value: '$MELTANO_LOADER_NAMESPACE' })],
  mappers: [
    logParser,
    setting('_mappings', { kind: 'array', aliases: ['mappings'], value: emptyMap() }),
    setting('_mapping_name', { kind: 'string', aliases: ['mapping_name'] }),
  ],
  transforms: [
    setting('_package_name', { value: '$MELTANO_TRANSFORM_NAMESPACE' }),
    setting('_vars', { kind: 'object', value: emptyMap() }),
  ],
};
