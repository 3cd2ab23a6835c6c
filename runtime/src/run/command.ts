import { childVariables } from '../plugins/child-env';
import { expandArguments } from '../plugins/command';
import type { Plugin } from '../plugins/plugin';
import { executablePath } from '../plugins/paths';
import { readPluginLine } from '../log/plugin-lines';
import { Problem } from '../problem';
import type { PluginSettings } from '../settings/plugin-settings';
import { noFigures } from '../telemetry/live';
import { Child, describeEnding, wentWell } from './child';
import type { RunContext } from './context';
import type { PluginCommand } from './plan';
import { installHint, maskSecrets } from './prepare';
import { Reader } from './reader';
import type { BlockResult } from './result';
import { describeStop } from './stop';

/** Runs a command of a plugin; its output goes into the log. */
export async function runCommand(context: RunContext, block: PluginCommand): Promise<BlockResult> {
  const startedAt = performance.now();
  const { plugin } = block.settings;
  const name = block.command === undefined ? plugin.name : `${plugin.name}:${block.command}`;
  let reason: string | undefined;
  context.live.began(name, () => noFigures);
  const endings: BlockResult['endings'] = {};
  try {
    const child = await start(context, block);
    const { ending } = child;
    if (ending) Object.assign(endings, { [plugin.name]: ending });
    if (!wentWell(ending)) reason = `${name} ended with ${ending ? describeEnding(ending) : 'nothing known'}`;
    if (context.stop.reason !== undefined) reason = describeStop(context.stop.reason);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    reason = error.fix === undefined ? error.message : `${error.message}. ${error.fix}`;
  }
  return {
    type: 'command',
    name,
    engine: 'native',
    success: reason === undefined,
    reason,
    durationSeconds: (performance.now() - startedAt) / 1000,
    endings,
    rows: null,
    bytes: null,
    streams: {},
    stateId: undefined,
    statesReceived: 0,
    stateWrites: 0,
  };
}

async function start(context: RunContext, { settings, command }: PluginCommand): Promise<Child> {
  const { project } = context;
  const { plugin } = settings;
  maskSecrets(context, settings);
  const env = childVariables(project, settings, {});
  const found = command === undefined ? undefined : commandOf(plugin, command);
  const argv = [
    executablePath(project, plugin, found?.executable ?? plugin.executable),
    ...(found && command !== undefined ? expandArguments(found, command, env) : []),
  ];
  const [stdout, stderr] = await context.scratch.guard.pipes(2);
  if (!stdout || !stderr) throw new Error('a pipe is missing');
  try {
    const child = await Child.start({
      name: plugin.name,
      argv,
      env,
      cwd: folderOf(context, settings),
      stdio: ['inherit', stdout.writing, stderr.writing],
      missing: installHint(settings),
      guard: context.scratch.guard,
    });
    const log = (stream: string) => (line: string) => {
      const { level, message } = readPluginLine(line);
      context.log.line(level, message, { plugin: plugin.name, stream });
    };
    const readers = [new Reader(stdout, log('stdout')), new Reader(stderr, log('stderr'))];
    const unlisten = context.stop.listen(() => {
      child.signal('SIGTERM');
      setTimeout(() => {
        child.signal('SIGKILL');
      }, 10_000).unref();
    });
    await child.ended;
    unlisten();
    child.endGroup();
    await Promise.all(readers.map((reader) => reader.finish()));
    return child;
  } catch (error) {
    stdout.closeAll();
    stderr.closeAll();
    throw error;
  }
}

/** A command by its name. */
export function commandOf(plugin: Plugin, name: string): NonNullable<ReturnType<Plugin['commands']['get']>> {
  const { commands } = plugin;
  const found = commands.get(name);
  if (found) return found;
  const names = [...commands.keys()];
  throw new Problem(`${plugin.name} has no command '${name}'`, {
    fix: names.length === 0 ? 'It has none at all.' : `It has ${names.join(', ')}.`,
  });
}

/** The folder that a plugin runs in: the caller's, for a transformer its project. */
export function folderOf(context: RunContext, settings: PluginSettings): string {
  const { plugin } = settings;
  if (plugin.type !== 'transformers') return context.cwd;
  const folder = settings.get('project_dir');
  if (typeof folder === 'string') return folder;
  throw new Problem(`the transformer ${plugin.name} has no project_dir`, {
    fix: 'Set it, to $MELTANO_PROJECT_ROOT/transform for one.',
  });
}
