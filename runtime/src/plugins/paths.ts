import { existsSync, realpathSync } from 'node:fs';
import type { Project } from '../project/project';
import type { Plugin } from './plugin';

/** The virtual environment of a plugin; undefined where it needs no installation. */
export function virtualEnvironment(project: Project, plugin: Plugin): string | undefined {
  if (plugin.pipUrl === undefined) return undefined;
  const folder = `${project.systemFolder}/${plugin.type}/${plugin.folder}/venv`;
  return existsSync(folder) ? realpathSync(folder) : folder;
}

/** What is executed for a plugin: in its virtual environment, from the project, or by a bare name from PATH. */
export function executablePath(project: Project, plugin: Plugin, executable = plugin.executable): string {
  const environment = virtualEnvironment(project, plugin);
  if (environment !== undefined)
    return executable.startsWith('/') ? executable : `${environment}/bin/${executable}`;
  return executable.includes('/') ? project.path(executable) : executable;
}

/** Where Meltano keeps what a plugin needs between runs: its catalog and logging configurations. */
export function runFolder(project: Project, plugin: Plugin): string {
  return `${project.systemFolder}/run/${plugin.name}`;
}
