import type { Project } from '../project/project';
import { expandVariables, type Variables } from '../settings/expand';
import type { PluginSettings } from '../settings/plugin-settings';
import { virtualEnvironment } from './paths';

/**
 * The variables of a plugin's process, in Meltano's order: later ones win.
 *
 * `env:` blocks are filled in here with less than elsewhere: those of the plugin see the environment's only.
 */
export function childVariables(
  project: Project,
  settings: PluginSettings,
  files: Variables,
): Record<string, string> {
  const { plugin } = settings;
  const { missing } = project.settings;
  const text = (variables: Variables): Record<string, string> =>
    Object.fromEntries(
      Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
  const ofProject = {
    ...expandVariables(text(project.settings.env), project.shell, missing),
    ...expandVariables(text(project.dotenv), project.shell, missing),
  };
  const { environment } = project;
  const ofEnvironment = environment ? expandVariables(environment.env, ofProject, missing) : {};
  const ofPlugin = expandVariables(plugin.env, ofEnvironment, missing);
  const ofBoth = expandVariables(environment?.plugin(plugin.type, plugin.name).env ?? {}, ofPlugin, missing);
  const result: Record<string, string> = {
    ...text(files),
    ...ofProject,
    ...text(project.dotenv),
    ...text(settings.env),
    ...settings.asVariables(),
    ...ofPlugin,
    ...ofEnvironment,
    ...ofBoth,
  };
  if (!('PYTHONWARNINGS' in result)) result.PYTHONWARNINGS = 'once';
  Reflect.deleteProperty(result, 'VIRTUAL_ENV');
  Reflect.deleteProperty(result, 'PYTHONPATH');
  const folder = virtualEnvironment(project, plugin);
  if (folder !== undefined) {
    result.VIRTUAL_ENV = folder;
    result.PATH = `${folder}/bin:${result.PATH ?? ''}`;
  }
  return result;
}
