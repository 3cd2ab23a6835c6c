import { spawn } from 'node:child_process';
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

/** What became of one plugin. */
export type InstallOutcome = 'installed' | 'unchanged' | 'shared' | 'nothing to install';

/** Installs a plugin into a virtual environment of its own, where Meltano looks for it and takes it for its own. */
export async function installPlugin(
  project: Project,
  plugin: Plugin,
  log: Log,
  force: boolean,
): Promise<InstallOutcome> {
  if (plugin.pipUrl === undefined) return 'nothing to install';
  if (plugin.inherited && plugin.folder !== plugin.name) return 'shared';
  const settings = new PluginSettings(project, plugin);
  const variables = { ...project.dotenv, ...settings.env };
  const args = splitWords(expandText(plugin.pipUrl, variables, 'error'));
  const folder = `${project.systemFolder}/${plugin.type}/${plugin.folder}/venv`;
  const mark = `${folder}/.meltano_plugin_fingerprint`;
  const fingerprint = fingerprintOf(args, plugin.python);
  if (
    !force &&
    existsSync(`${folder}/bin/python`) &&
    existsSync(mark) &&
    readFileSync(mark, 'utf8') === fingerprint
  ) {
    return 'unchanged';
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  const env = withoutPython(project.shell);
  const said = { plugin: plugin.name };
  const run = (command: readonly string[]): Promise<void> =>
    execute(command, project.root, env, (line) => {
      log.debug(line, said);
    });
  await run([plugin.python ?? 'python3', '-m', 'venv', folder]);
  await run([
    `${folder}/bin/python`,
    '-m',
    'pip',
    'install',
    '--disable-pip-version-check',
    '--quiet',
    ...args,
  ]);
  writeFileSync(mark, fingerprint);
  return 'installed';
}

/** What Meltano compares to see whether a plugin has to be installed anew. */
export function fingerprintOf(args: readonly string[], python: string | undefined): string {
  const parts = [...new Set(args)].sort();
  if (python !== undefined) parts.push(`python:${python}`);
  return createHash('sha256').update(parts.join(' ')).digest('hex');
}

function withoutPython(
  shell: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return { ...shell, PYTHONPATH: undefined, VIRTUAL_ENV: undefined };
}

function execute(
  [file = '', ...args]: readonly string[],
  cwd: string,
  env: Record<string, string | undefined>,
  take: (line: string) => void,
): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const last: string[] = [];
    const listen = (chunk: Buffer): void => {
      for (const line of chunk
        .toString()
        .split('\n')
        .filter((one) => one !== '')) {
        take(line);
        last.push(line);
        if (last.length > 5) last.shift();
      }
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', (error) => {
      fail(new Problem(`${file} could not be started: ${error.message}`));
    });
    child.once('close', (code) => {
      if (code === 0) done();
      else
        fail(
          new Problem(
            `${file} ${args[1] ?? ''} failed with exit code ${code ?? 'none'}: ${last.join(' | ')}`,
          ),
        );
    });
  });
}
