import type { Dict, Value } from '../value/value';
import { deepCopy, isEqual, isTruthy } from '../value/value';
import { Problem } from '../problem';
import { castValue, isYes, postProcess, stringify } from './cast';
import { expandValue, type Missing, type Variables } from './expand';
import type { SettingDefinition } from './definition';

/** Where a value can come from, the strongest first. */
export const sources = [
  'option',
  'shell',
  'dotenv',
  'environment',
  'meltano.yml',
  'inherited',
  'default',
] as const;

/** Where a value comes from. */
export type Source = (typeof sources)[number];

/** A value that was found. */
export interface Resolved {
  readonly value: Value;
  readonly source: Source;
  /** Whether references in it are still to be filled in. */
  readonly expandable: boolean;
}

/** One source as a service sees it: the value of a setting, undefined where it has none. */
type Lookup = (definition: SettingDefinition) => { value: Value; expandable: boolean } | undefined;

/**
 * Finds the values of the settings of the project or of a plugin.
 *
 * Sources are asked from the strongest to the weakest; references are filled in, texts are cast by the setting's kind,
 * and an object without a value of its own collects what is set below its name.
 */
export abstract class SettingsService {
  private readonly found = new Map<string, Resolved>();

  /** Every setting, extras (names with `_` in front) at the end. */
  abstract readonly definitions: readonly SettingDefinition[];

  /** The process's variables, and over them what `env:` blocks of meltano.yml set. */
  abstract readonly env: Variables;

  /** The variables of the `.env` file. */
  protected abstract readonly dotenv: Variables;

  /** The variables that set a setting. */
  abstract variables(definition: SettingDefinition, writing: boolean): string[];

  /** What a reference to a missing variable becomes. */
  protected abstract readonly missing: Missing;

  /** The sources between `.env` and the defaults. */
  protected abstract readonly files: readonly (readonly [Source, Lookup])[];

  /** Values that the command line sets. */
  protected readonly options: ReadonlyMap<string, Value> = new Map();

  /** Extras are plugin settings about Meltano itself: `_select`. */
  static isExtra(definition: SettingDefinition): boolean {
    return definition.name.startsWith('_');
  }

  /** Finds a setting by its name. */
  find(name: string): SettingDefinition | undefined {
    return this.definitions.find(
      (definition) => definition.name === name || definition.aliases.includes(name),
    );
  }

  /** The value of a setting. */
  get(name: string): Value {
    const definition = this.find(name);
    return definition ? this.resolve(definition).value : null;
  }

  /** The settings with their values: extras only, all others only, or all. */
  all(extras?: boolean): Dict {
    return new Map(
      this.chosen(extras).map((definition) => [definition.name, this.resolve(definition).value]),
    );
  }

  /** The settings as a plugin's configuration file wants them. */
  processed(): Dict {
    return new Map(
      this.chosen(false).map((definition) => [
        definition.name,
        postProcess(definition, this.resolve(definition).value),
      ]),
    );
  }

  /** The settings as variables for the plugin. */
  asVariables(extras?: boolean): Record<string, string> {
    const result: Record<string, string> = {};
    for (const definition of this.chosen(extras)) {
      const { value } = this.resolve(definition);
      if (value === null) continue;
      const text = stringify(definition, value);
      for (const name of this.variables(definition, true)) if (!name.startsWith('!')) result[name] = text;
    }
    return result;
  }

  /** Finds a value and where it comes from; inherited values are asked for as they stand, references and all. */
  resolve(definition: SettingDefinition, expand = true): Resolved {
    const key = `${String(expand)} ${definition.name}`;
    const before = this.found.get(key);
    if (before) return before;
    const resolved = this.finish(definition, this.lookUp(definition), expand);
    this.found.set(key, resolved);
    return resolved;
  }

  private chosen(extras: boolean | undefined): SettingDefinition[] {
    return this.definitions.filter((one) => extras === undefined || SettingsService.isExtra(one) === extras);
  }

  protected lookUp(definition: SettingDefinition): Resolved {
    const option = this.options.get(definition.name);
    if (option !== undefined && option !== null)
      return { value: option, source: 'option', expandable: false };
    for (const [source, variables] of [
      ['shell', this.env],
      ['dotenv', this.dotenv],
    ] as const) {
      const value = this.fromVariables(definition, variables);
      if (value !== undefined) return { value, source, expandable: false };
    }
    for (const [source, lookup] of this.files) {
      const found = lookup(definition);
      if (found && found.value !== null) return { source, ...found };
    }
    return { value: deepCopy(definition.value), source: 'default', expandable: definition.value !== null };
  }

  private fromVariables(definition: SettingDefinition, variables: Variables): string | undefined {
    const set = this.variables(definition, false).filter(
      (name) => variables[name.replace(/^!/, '')] !== undefined,
    );
    if (set.length > 1) {
      throw new Problem(`the setting '${definition.name}' is set by several variables: ${set.join(', ')}`, {
        fix: 'Leave one of them.',
      });
    }
    const [name] = set;
    if (name === undefined) return undefined;
    const value = variables[name.replace(/^!/, '')] ?? '';
    return name.startsWith('!') ? (isYes(value) ? 'False' : 'True') : value;
  }

  private finish(definition: SettingDefinition, found: Resolved, expand: boolean): Resolved {
    let { value, source, expandable } = found;
    if (expand && expandable) {
      expandable = false;
      const before = value;
      value = expandValue(value, this.expandableFrom(definition), this.missing);
      // A text that was nothing but missing variables is no value.
      if (isTruthy(before) && !isTruthy(value)) value = null;
    }
    if (definition.kind === 'object' && (source === 'default' || source === 'inherited')) {
      const collected = this.collect(definition, source, expand);
      if (collected.values.size > 0) {
        value = collected.values;
        source = collected.source;
      }
    }
    if (!expandable) value = castValue(definition, value);
    return { value, source, expandable };
  }

  private expandableFrom(definition: SettingDefinition): Variables {
    const variables = { ...this.dotenv, ...this.env };
    return SettingsService.isExtra(definition) ? { ...variables, ...this.asVariables(false) } : variables;
  }

  /** What is set below an object's name: `stream.a: 1` for the object `stream`. */
  private collect(
    definition: SettingDefinition,
    from: Source,
    expand: boolean,
  ): { values: Dict; source: Source } {
    const values: Dict = new Map();
    let source = from;
    for (const name of [definition.name, ...definition.aliases]) {
      for (const inner of this.definitions) {
        if (!inner.name.startsWith(`${name}.`)) continue;
        const key = inner.name.slice(name.length + 1);
        if (values.has(key)) continue;
        const found = this.resolve(inner, expand);
        values.set(key, found.value);
        if (sources.indexOf(found.source) < sources.indexOf(source)) source = found.source;
      }
    }
    return { values, source };
  }
}

/** A source that is a configuration of dotted names; a setting may stand there under its name or an alias. */
export function fromConfig(config: Dict): Lookup {
  return (definition) => {
    const set = [definition.name, ...definition.aliases].filter((name) => config.has(name));
    const values = set.map((name) => config.get(name) ?? null);
    const [first = null] = values;
    if (values.some((value) => !isEqual(value, first))) {
      throw new Problem(`the setting '${definition.name}' has different values under ${set.join(' and ')}`, {
        fix: 'Leave one of them.',
      });
    }
    return set.length === 0 ? undefined : { value: first, expandable: true };
  };
}
