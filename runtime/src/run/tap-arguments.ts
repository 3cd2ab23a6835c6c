import { Catalog } from '../catalog/catalog';
import { Child } from './child';
import type { RunContext } from './context';
import { type Prepared, specOf } from './prepare';
import { Reader } from './reader';

/** Longer lines of a plugin's stderr are logged in pieces. */
export const longestLogLine = 64 * 1024;

/** The arguments of a tap: its configuration, the catalog that is found or discovered now, and its state. */
export async function tapArguments(
  context: RunContext,
  tap: Prepared,
  stateFile: string | undefined,
  onLine: (line: string) => void,
): Promise<string[]> {
  const { capabilities } = tap.settings.plugin;
  const config = ['--config', tap.config];
  const state = stateFile === undefined ? [] : ['--state', stateFile];
  const catalog = new Catalog(context.project, tap.settings, context.log);
  const refresh = context.options.refreshCatalog || context.options.fullRefresh;
  await catalog.prepare(refresh, (output) =>
    discover(context, tap, [...config, ...state, '--discover'], output, onLine),
  );
  return [...config, ...catalogArguments(context, tap, catalog, capabilities), ...state];
}

/** How a tap is given its catalog. */
export function catalogArguments(
  context: RunContext,
  tap: Prepared,
  catalog: Catalog,
  capabilities: readonly string[],
): string[] {
  if (!catalog.hasData) return [];
  if (capabilities.includes('catalog')) return ['--catalog', catalog.file];
  if (capabilities.includes('properties')) return ['--properties', catalog.file];
  const { name } = tap.settings.plugin;
  context.log.warning(`${name} has a catalog, and neither capability \`catalog\` nor \`properties\``);
  return [];
}

async function discover(
  context: RunContext,
  tap: Prepared,
  args: readonly string[],
  output: number,
  onLine: (line: string) => void,
): Promise<{ code: number; said: string }> {
  const [stderr] = await context.scratch.guard.pipes(1);
  if (!stderr) throw new Error('a pipe is missing');
  const said: string[] = [];
  const take = (line: string): void => {
    onLine(line);
    said.push(line);
    if (said.length > 5) said.shift();
  };
  try {
    const child = await Child.start({
      ...specOf(context, tap, args),
      stdio: ['inherit', output, stderr.writing],
    });
    const reader = new Reader(stderr, take, longestLogLine);
    const unlisten = context.stop.listen(() => {
      child.signal('SIGKILL');
    });
    const ending = await child.ended;
    unlisten();
    child.endGroup();
    await reader.finish();
    return { code: ending.code ?? 1, said: context.log.mask.clean(said.join(' | ')) };
  } catch (error) {
    stderr.closeAll();
    throw error;
  }
}
