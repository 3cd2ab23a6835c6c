import type { Command } from 'commander';
import { installPlugin } from '../install/install';
import { Problem } from '../problem';
import type { Host } from './host';
import { openProject } from './open';
import { type ProjectFlags, withProjectFlags } from './options';

interface Flags extends ProjectFlags {
  readonly force?: boolean;
}

/** `tapline-run install`. */
export function addInstall(program: Command, host: Host): void {
  withProjectFlags(program.command('install'))
    .description('install plugins, each into a virtual environment of its own')
    .argument('[plugins...]', 'the plugins to install; by default all')
    .option('--force', 'install anew what has not changed')
    .action(async (names: string[], _: Flags, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const { project, log } = openProject(host, flags, false);
      const plugins =
        names.length === 0
          ? project.plugins.all()
          : names.map((name) => {
              const plugin = project.plugins.find(name);
              if (!plugin) throw new Problem(`there is no plugin '${name}' in ${project.root}/meltano.yml`);
              return plugin;
            });
      for (const plugin of plugins) {
        const outcome = await installPlugin(project, plugin, log, flags.force ?? false);
        host.err(`${plugin.name}: ${outcome}\n`);
      }
    });
}
