import type { Dict, Value } from '../value/value';
import { castValue } from './cast';
import { type SettingDefinition, setting, variablesOf } from './definition';
import type { Missing, Variables } from './expand';
import { flatten } from './nest';
import { projectDefinitions } from './project-definitions';
import { fromConfig, SettingsService } from './service';

/** The settings of the project itself: `database_uri`, `state_backend.uri`, feature flags. */
export class ProjectSettings extends SettingsService {
  readonly definitions = projectDefinitions;
  readonly env: Variables;
  protected readonly files;
  protected override readonly options: ReadonlyMap<string, Value>;

  constructor(from: {
    readonly shell: Variables;
    readonly dotenv: Variables;
    /** `MELTANO_PROJECT_ROOT` and the like. */
    readonly about: Variables;
    /** The `env:` block of meltano.yml. */
    readonly block: Variables;
    /** The keys of meltano.yml that are settings. */
    readonly config: Dict;
    readonly options?: ReadonlyMap<string, Value>;
  }) {
    super();
    this.env = { ...from.shell, ...from.about, ...from.block };
    this.dotenv = from.dotenv;
    this.files = [['meltano.yml', fromConfig(flatten(from.config))]] as const;
    this.options = from.options ?? new Map<string, Value>();
  }

  protected readonly dotenv: Variables;

  variables(definition: SettingDefinition): string[] {
    return variablesOf(definition, ['meltano'], { custom: true, writing: false });
  }

  /** What a reference to a variable that is not set becomes, in the project and in every plugin. */
  get missing(): Missing {
    const definition = this.find('ff.strict_env_var_mode') ?? setting('ff.strict_env_var_mode');
    return castValue(definition, this.lookUp(definition).value) === true ? 'error' : 'empty';
  }
}
