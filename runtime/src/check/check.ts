import { accessSync, constants } from 'node:fs';
import { childVariables } from '../plugins/child-env';
import { executablePath } from '../plugins/paths';
import type { Plugin } from '../plugins/plugin';
import { isSinger, singular } from '../plugins/types';
import { Problem } from '../problem';
import type { Project } from '../project/project';
import { PluginSettings } from '../settings/plugin-settings';
import { openStateStore } from '../state/open';
import { checkSettings } from './settings';
import { shadowedVariables } from './shadowed';
import type { Finding } from './finding';

/** Looks for what would fail before anything runs: nothing is started, nothing is written but an empty database. */
export async function checkProject(
  project: Project,
  plugins: readonly Plugin[],
  cwd: string,
): Promise<Finding[]> {
  return [
    ...shadowedVariables(project, plugins),
    ...plugins.flatMap((plugin) => checkPlugin(project, plugin)),
    ...(await checkState(project, cwd)),
  ];
}

function checkPlugin(project: Project, plugin: Plugin): Finding[] {
  const about = `${singular(plugin.type)} ${plugin.name}`;
  try {
    const settings = new PluginSettings(project, plugin);
    settings.processed();
    return [...checkSettings(project, settings, about), ...checkExecutable(project, settings, about)];
  } catch (error) {
    if (error instanceof Problem)
      return [{ severity: 'error', about, message: error.message, fix: error.fix }];
    throw error;
  }
}

function checkExecutable(project: Project, settings: PluginSettings, about: string): Finding[] {
  const { plugin } = settings;
  const file = executablePath(project, plugin);
  const variables = childVariables(project, settings, {});
  const places = file.includes('/')
    ? [file]
    : (variables.PATH ?? '').split(':').map((folder) => `${folder}/${file}`);
  if (places.some(isExecutable)) return [];
  const fix =
    plugin.pipUrl === undefined
      ? 'Look at its `executable` in meltano.yml.'
      : `Install it with \`tapline-run install ${plugin.name}\`.`;
  const severity = isSinger(plugin.type) || plugin.commands.size === 0 ? 'error' : 'warning';
  return [{ severity, about, message: `there is no program ${file}`, fix }];
}

async function checkState(project: Project, cwd: string): Promise<Finding[]> {
  try {
    const store = await openStateStore(project, cwd);
    await store.list(undefined);
    await store.close();
    return [];
  } catch (error) {
    const fix = error instanceof Problem ? error.fix : 'Look at state_backend.uri and database_uri.';
    return [{ severity: 'error', about: 'state', message: (error as Error).message, fix }];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
