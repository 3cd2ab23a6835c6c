import type { Command } from 'commander';
import { commandOf } from '../run/command';
import { invokePlugin } from '../run/invoke';
import { plainOptions, withSession } from '../run/session';
import { Problem } from '../problem';
import { pluginTypes, singular } from '../plugins/types';
import { randomUuid } from '../uuid';
import type { Host } from './host';
import { openProject } from './open';
import { type ProjectFlags, usage, withProjectFlags } from './options';

interface Flags extends ProjectFlags {
  readonly pluginType?: string;
  readonly refreshCatalog?: boolean;
  readonly listCommands?: boolean;
}

/** `tapline-run invoke`. */
export function addInvoke(program: Command, host: Host, setExitCode: (code: number) => void): void {
  withProjectFlags(program.command('invoke'))
    .description('run one plugin with its configuration, and arguments of your own')
    .argument('<plugin>', 'a plugin, or plugin:command')
    .argument('[args...]', 'what the plugin is given behind its own arguments')
    .option('--plugin-type <type>', 'extractor, loader, utility …')
    .option('--refresh-catalog', 'discover the catalog anew')
    .option('--list-commands', "the plugin's commands")
    .option('--install', 'taken for the sake of Meltano: plugins are installed by `tapline-run install`')
    .option('--no-install', 'taken for the sake of Meltano')
    .passThroughOptions()
    .action(async (name: string, args: string[], _: Flags, command: Command) => {
      setExitCode(await invoke(host, name, args, command.optsWithGlobals<Flags>()));
    });
}

async function invoke(host: Host, text: string, args: readonly string[], flags: Flags): Promise<number> {
  const id = randomUuid();
  const { project, log, cwd } = openProject(host, flags, false, { run_id: id });
  const parts = text.split(':');
  const [name = '', command] = parts.length === 2 ? parts : [text];
  const type = pluginTypes.find((one) => flags.pluginType === one || flags.pluginType === singular(one));
  if (flags.pluginType !== undefined && !type) {
    throw usage(
      `--plugin-type is '${flags.pluginType}', expected one of ${pluginTypes.map(singular).join(', ')}`,
    );
  }
  const plugin = project.plugins.find(name, type);
  if (!plugin) throw new Problem(`there is no plugin '${name}' in ${project.root}/meltano.yml`);
  if (flags.listCommands === true) {
    for (const [one, { description }] of plugin.commands) host.out(`${name}:${one}  ${description ?? ''}\n`);
    return 0;
  }
  if (command !== undefined) commandOf(plugin, command);
  const options = { ...plainOptions, refreshCatalog: flags.refreshCatalog ?? false };
  return withSession({ id, project, log, cwd, options, onSignal: host.onSignal }, (context) =>
    invokePlugin(context, plugin, command, args),
  );
}
