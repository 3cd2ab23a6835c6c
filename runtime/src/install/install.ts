import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Log } from '../log/log';
import type { Plugin } from '../plugins/plugin';
import { splitWords } from '../plugins/words';
import { Problem } from '../problem';
import type { Project } from '../project/project';
import { expandText } from '../settings/expand';
import { PluginSettings } from '../settings/plugin-settings';
import { chooseInstaller } from './installer';
import { type PackageLock, readLock, writeLock } from './lock';

/** What became of one plugin. */
export type InstallOutcome =
  'installed' | 'installed from its lock' | 'unchanged' | 'shared' | 'nothing to install';

/** How plugins are installed. */
export interface InstallOptions {
  /** Whether what has not changed is installed anew. */
  readonly force: boolean;
  /** `uv` or `pip`. @default - uv where it is on PATH */
  readonly installer: string | undefined;
  /** Whether the lock is written anew first, from the newest versions that the `pip_url` allows. */
  readonly lock: boolean;
  /** Whether a plugin without a lock is refused. */
  readonly locked: boolean;
}

/**
 * Installs a plugin into a virtual environment of its own, where Meltano looks for it and takes it for its own.
 *
 * With a lock of its packages beside Meltano's lock of its definition, the packages are those and no others, by their
 * hashes.
 */
export async function installPlugin(
  project: Project,
  plugin: Plugin,
  log: Log,
  options: InstallOptions,
): Promise<InstallOutcome> {
  if (plugin.pipUrl === undefined) return 'nothing to install';
  if (plugin.inherited && plugin.folder !== plugin.name) return 'shared';
  const settings = new PluginSettings(project, plugin);
  const variables = { ...project.dotenv, ...settings.env };
  const args = splitWords(expandText(plugin.pipUrl, variables, 'error'));
  const fingerprint = fingerprintOf(args, plugin.python);
  const folder = `${project.systemFolder}/${plugin.type}/${plugin.folder}/venv`;
  const installer = chooseInstaller(options.installer, {
    cwd: project.root,
    shell: project.shell,
    log: (line) => {
      log.debug(line, { plugin: plugin.name });
    },
  });
  const lock = options.lock ? undefined : readLock(project, plugin, fingerprint);
  if (options.locked && !lock) {
    throw new Problem(`${plugin.name} has no lock of its packages`, {
      fix: `Write it with \`tapline-run install --lock ${plugin.name}\`.`,
    });
  }
  if (!options.force && !options.lock && isInstalled(folder, fingerprint, lock)) return 'unchanged';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  await installer.makeEnvironment(folder, plugin.python);
  if (options.lock) writeLock(project, plugin, fingerprint, await installer.lock(folder, args));
  const by = lock ?? (options.lock ? readLock(project, plugin, fingerprint) : undefined);
  await (by ? installer.installLocked(folder, by.file) : installer.install(folder, args));
  if (by) writeFileSync(`${folder}/${lockMark}`, by.digest);
  writeFileSync(`${folder}/${meltanoMark}`, fingerprint);
  return by ? 'installed from its lock' : 'installed';
}

/** What Meltano compares to see whether a plugin has to be installed anew. */
const meltanoMark = '.meltano_plugin_fingerprint';
/** The lock that it was installed from. */
const lockMark = '.tapline_lock';

function isInstalled(folder: string, fingerprint: string, lock: PackageLock | undefined): boolean {
  if (!existsSync(`${folder}/bin/python`) || read(`${folder}/${meltanoMark}`) !== fingerprint) return false;
  return lock === undefined || read(`${folder}/${lockMark}`) === lock.digest;
}

/** What Meltano calls the packages of a plugin: a digest of what is asked for. */
export function fingerprintOf(args: readonly string[], python: string | undefined): string {
  const parts = [...new Set(args)].sort();
  if (python !== undefined) parts.push(`python:${python}`);
  return createHash('sha256').update(parts.join(' ')).digest('hex');
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
