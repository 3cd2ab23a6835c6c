import { missingSettings, type SettingDefinition } from '../settings/definition';
import { variableName } from '../settings/names';
import { type Dict } from '../value/value';
import type { Command } from './command';
import type { Definition } from './definition';
import { type PluginType, singular, verb } from './types';

/** What meltano.yml says of a plugin; what it leaves out comes from its parent. */
export interface OwnParts {
  readonly type: PluginType;
  readonly name: string;
  readonly inheritFrom: string | undefined;
  readonly namespace: string | undefined;
  readonly variant: string | undefined;
  readonly pipUrl: string | undefined;
  readonly python: string | undefined;
  readonly executable: string | undefined;
  readonly capabilities: readonly string[] | undefined;
  readonly requiresMeltano: string | undefined;
  readonly settings: readonly SettingDefinition[];
  readonly settingsGroups: readonly (readonly string[])[];
  readonly commands: ReadonlyMap<string, Command>;
  readonly config: Dict;
  readonly env: Readonly<Record<string, string>>;
  /** All other keys: `select`, `metadata`, `mappings`. */
  readonly extras: Dict;
  /** Where it is written, for messages. */
  readonly where: string;
}

/** A plugin of the project: its own parts over those of its parent. */
export class Plugin {
  constructor(
    readonly own: OwnParts,
    /** The plugin that it inherits from, or its definition from a lock file or from meltano.yml itself. */
    readonly parent: Plugin | Definition,
  ) {}

  get type(): PluginType {
    return this.own.type;
  }

  get name(): string {
    return this.own.name;
  }

  /** Whether it takes after another plugin or another definition. */
  get inherits(): boolean {
    return this.own.inheritFrom !== undefined;
  }

  /** The plugin that it inherits from. */
  get inherited(): Plugin | undefined {
    return this.parent instanceof Plugin ? this.parent : undefined;
  }

  get namespace(): string {
    if (this.own.namespace !== undefined) return this.own.namespace;
    return this.inherits ? this.name.replace(/-/g, '_') : this.parent.namespace;
  }

  get variant(): string {
    return this.own.variant ?? this.parent.variant ?? 'default';
  }

  get pipUrl(): string | undefined {
    return this.own.pipUrl ?? this.parent.pipUrl;
  }

  get python(): string | undefined {
    return this.own.python ?? this.parent.python;
  }

  get executable(): string {
    return this.own.executable ?? this.parent.executable;
  }

  get capabilities(): readonly string[] {
    return this.own.capabilities ?? this.parent.capabilities;
  }

  get requiresMeltano(): string | undefined {
    return this.own.requiresMeltano ?? this.parent.requiresMeltano;
  }

  get env(): Readonly<Record<string, string>> {
    return this.own.env;
  }

  get commands(): ReadonlyMap<string, Command> {
    return new Map([...this.parent.commands, ...this.own.commands]);
  }

  /** Groups of settings of which one has to have values throughout; nothing is asked for where there is none. */
  get settingsGroups(): readonly (readonly string[])[] {
    return this.own.settingsGroups.length > 0 ? this.own.settingsGroups : this.parent.settingsGroups;
  }

  /** The folder below `.meltano/<type>/` that holds its virtual environment. */
  get folder(): string {
    const { parent } = this;
    if (!this.inherits || !(parent instanceof Plugin))
      return this.inherits ? this.folderOfDefinition() : this.name;
    return this.own.pipUrl === undefined || parent.pipUrl === this.own.pipUrl ? parent.folder : this.name;
  }

  /** Its configuration, extras with `_` in front. */
  get config(): Dict {
    return new Map([...this.own.config, ...[...this.own.extras].map(([k, v]) => [`_${k}`, v] as const)]);
  }

  /** Every setting: those of the parent, its own, those that only its configuration names; then the extras. */
  get definitions(): SettingDefinition[] {
    return [...this.settings, ...this.extras];
  }

  /** Variables that tell which plugin this is: `MELTANO_EXTRACTOR_NAME`. */
  get about(): Record<string, string> {
    const prefix = `MELTANO_${singular(this.type).toUpperCase()}`;
    return {
      [`${prefix}_NAME`]: this.name,
      [`${prefix}_NAMESPACE`]: this.namespace,
      [`${prefix}_VARIANT`]: this.variant,
    };
  }

  /** What variables of its settings begin with; more are written than read. */
  prefixes(writing: boolean): string[] {
    const names = [this.name, this.namespace];
    if (writing) names.push(...this.parent.prefixes(true), `meltano_${verb(this.type)}`);
    return [...new Set(names)];
  }

  get settings(): SettingDefinition[] {
    const names = new Set(this.own.settings.map((one) => one.name));
    const known = [...this.parent.settings.filter((one) => !names.has(one.name)), ...this.own.settings];
    return [...known, ...missingSettings(known, this.own.config)];
  }

  get extras(): SettingDefinition[] {
    const known = this.parent.extras;
    const extra: Dict = new Map([...this.own.extras].map(([k, v]) => [`_${k}`, v]));
    return [...known, ...missingSettings(known, extra)];
  }

  /** The name in a variable, for messages. */
  variableFor(setting: string): string {
    return variableName(this.name, setting);
  }

  private folderOfDefinition(): string {
    const { parent } = this;
    return this.own.pipUrl === undefined || parent.pipUrl === this.own.pipUrl ? parent.name : this.name;
  }
}
