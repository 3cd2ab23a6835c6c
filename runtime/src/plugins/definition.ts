import { missingSettings, type SettingDefinition } from '../settings/definition';
import { type Dict } from '../value/value';
import type { Command } from './command';
import { extrasOf, type PluginType } from './types';

/** What a plugin is by itself: from its lock file, or from meltano.yml where it has a namespace. */
export class Definition {
  readonly type: PluginType;
  readonly name: string;
  readonly namespace: string;
  readonly variant: string | undefined;
  readonly pipUrl: string | undefined;
  readonly python: string | undefined;
  readonly requiresMeltano: string | undefined;
  readonly capabilities: readonly string[];
  readonly settings: readonly SettingDefinition[];
  /** Groups of settings of which one has to have values throughout; nothing is asked for where there is none. */
  readonly settingsGroups: readonly (readonly string[])[];
  readonly commands: ReadonlyMap<string, Command>;
  private readonly givenExecutable: string | undefined;
  private readonly givenExtras: Dict;

  constructor(parts: {
    readonly type: PluginType;
    readonly name: string;
    readonly namespace: string;
    readonly variant: string | undefined;
    readonly pipUrl: string | undefined;
    readonly python: string | undefined;
    readonly requiresMeltano: string | undefined;
    readonly executable: string | undefined;
    readonly capabilities: readonly string[] | undefined;
    readonly settings: readonly SettingDefinition[];
    readonly settingsGroups: readonly (readonly string[])[];
    readonly commands: ReadonlyMap<string, Command>;
    readonly extras: Dict;
  }) {
    this.type = parts.type;
    this.name = parts.name;
    this.namespace = parts.namespace;
    this.variant = parts.variant;
    this.pipUrl = parts.pipUrl;
    this.python = parts.python;
    this.requiresMeltano = parts.requiresMeltano;
    this.capabilities = parts.capabilities ?? [];
    this.settings = parts.settings;
    this.settingsGroups = parts.settingsGroups;
    this.commands = parts.commands;
    this.givenExecutable = parts.executable;
    this.givenExtras = parts.extras;
  }

  get executable(): string {
    return this.givenExecutable ?? this.name;
  }

  /** The extras of its kind, with the defaults that the definition gives. */
  get extras(): SettingDefinition[] {
    const defaults: Dict = new Map([...this.givenExtras].map(([key, value]) => [`_${key}`, value]));
    const known = (extrasOf[this.type] ?? []).map((one) => {
      const value = defaults.get(one.name) ?? null;
      return value === null ? one : { ...one, value };
    });
    return [...known, ...missingSettings(known, defaults, true)];
  }

  /** What variables of its settings begin with. */
  prefixes(): string[] {
    return [this.name, this.namespace];
  }
}
