import type { Plugin } from '../plugins/plugin';
import type { Project } from '../project/project';
import { dict, type Dict } from '../value/value';
import { missingSettings, type SettingDefinition, variablesOf } from './definition';
import { expandText, expandVariables, type Missing, type Variables } from './expand';
import { flatten } from './nest';
import { fromConfig, SettingsService, type Source } from './service';

/**
 * The settings of a plugin, as the project and the active environment configure them.
 *
 * A plugin that inherits from another also reads what that one has, below its own `meltano.yml`.
 */
export class PluginSettings extends SettingsService {
  readonly definitions: readonly SettingDefinition[];
  readonly env: Variables;
  protected readonly missing: Missing;
  protected readonly dotenv: Variables;
  protected readonly files;
  /** What `env:` blocks and `MELTANO_…` say, over the shell. */
  readonly blocks: Readonly<Record<string, string>>;
  private readonly inherited: PluginSettings | undefined;

  constructor(
    project: Project,
    readonly plugin: Plugin,
    /** Variables of the plugins before it in the pipeline. */
    before: Readonly<Record<string, string>> = {},
  ) {
    super();
    this.missing = project.settings.missing;
    this.dotenv = project.dotenv;
    this.inherited = plugin.inherited ? new PluginSettings(project, plugin.inherited, before) : undefined;
    const block: Record<string, string> = {
      ...this.inherited?.blocks,
      ...defined(project.settings.env),
      ...project.settings.asVariables(),
      ...before,
      ...plugin.about,
      ...plugin.env,
    };
    const { environment } = project;
    const environmentEnv = environment ? expandVariables(environment.env, block, this.missing) : {};
    if (environment?.stateIdSuffix !== undefined) {
      environment.stateIdSuffix = expandText(
        environment.stateIdSuffix,
        { ...project.dotenv, ...block },
        this.missing,
      );
    }
    const ofPlugin = environment?.plugin(plugin.type, plugin.name);
    this.blocks = { ...block, ...environmentEnv, ...ofPlugin?.env };
    this.env = { ...project.shell, ...this.blocks };
    const known = plugin.definitions;
    this.definitions = [...known, ...(ofPlugin ? missingSettings(known, ofPlugin.config) : [])];
    this.files = this.readFrom(ofPlugin?.config ?? dict({}));
  }

  variables(definition: SettingDefinition, writing: boolean): string[] {
    const { plugin } = this;
    return variablesOf(definition, plugin.prefixes(writing), {
      custom: !plugin.inherits || writing,
      writing,
    });
  }

  private readFrom(environment: Dict): readonly (readonly [Source, ReturnType<typeof fromConfig>])[] {
    const { inherited } = this;
    return [
      ['environment', fromConfig(flatten(environment))],
      ['meltano.yml', fromConfig(flatten(this.plugin.config))],
      [
        'inherited',
        (definition) => {
          const known = inherited?.definitions.find((one) => one.name === definition.name);
          const found = known && inherited?.resolve(known, false);
          return found && found.source !== 'default'
            ? { value: found.value, expandable: found.expandable }
            : undefined;
        },
      ],
    ];
  }
}

function defined(variables: Variables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
