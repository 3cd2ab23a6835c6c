import { constants } from 'node:os';
import { Catalog } from '../catalog/catalog';
import { readPluginLine } from '../log/plugin-lines';
import { childVariables } from '../plugins/child-env';
import { expandArguments } from '../plugins/command';
import { executablePath } from '../plugins/paths';
import type { Plugin } from '../plugins/plugin';
import { isSinger } from '../plugins/types';
import { PluginSettings } from '../settings/plugin-settings';
import { Child } from './child';
import { commandOf, folderOf } from './command';
import type { RunContext } from './context';
import { installHint, maskSecrets, type Prepared, prepareSinger } from './prepare';
import { Reader } from './reader';
import { catalogArguments, longestLogLine, tapArguments } from './tap-arguments';

/** Runs one plugin; its standard output is the caller's. Gives its exit code. */
export async function invokePlugin(
  context: RunContext,
  plugin: Plugin,
  command: string | undefined,
  args: readonly string[],
): Promise<number> {
  const settings = new PluginSettings(context.project, plugin);
  maskSecrets(context, settings);
  const log = (line: string): void => {
    const { level, message } = readPluginLine(line);
    context.log.line(level, message, { plugin: plugin.name, stream: 'stderr' });
  };
  const prepared = isSinger(plugin.type) ? prepareSinger(context, settings, 0) : undefined;
  const env = prepared?.env ?? childVariables(context.project, settings, {});
  const found = command === undefined ? undefined : commandOf(plugin, command);
  const own =
    found && command !== undefined
      ? expandArguments(found, command, env)
      : prepared
        ? await singerArguments(context, prepared, args, log)
        : [];
  const [stderr] = await context.scratch.guard.pipes(1);
  if (!stderr) throw new Error('a pipe is missing');
  try {
    const child = await Child.start({
      name: plugin.name,
      argv: [
        executablePath(context.project, plugin, found?.executable ?? plugin.executable),
        ...own,
        ...args,
      ],
      env,
      cwd: folderOf(context, settings),
      stdio: ['inherit', 'inherit', stderr.writing],
      missing: installHint(settings),
      guard: context.scratch.guard,
    });
    const reader = new Reader(stderr, log, longestLogLine);
    const unlisten = context.stop.listen((reason) => {
      child.signal(reason === 'SIGINT' ? 'SIGINT' : 'SIGTERM');
    });
    const { code, signal } = await child.ended;
    unlisten();
    child.endGroup();
    await reader.finish();
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } catch (error) {
    stderr.closeAll();
    throw error;
  }
}

/** With arguments of the caller's own, nothing is discovered or selected first. */
async function singerArguments(
  context: RunContext,
  prepared: Prepared,
  args: readonly string[],
  log: (line: string) => void,
): Promise<string[]> {
  const { plugin } = prepared.settings;
  if (plugin.type !== 'extractors') return ['--config', prepared.config];
  if (args.length === 0) return tapArguments(context, prepared, undefined, log);
  const catalog = new Catalog(context.project, prepared.settings, context.log);
  return ['--config', prepared.config, ...catalogArguments(context, prepared, catalog, plugin.capabilities)];
}
