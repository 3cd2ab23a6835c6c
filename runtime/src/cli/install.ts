import type { Command } from 'commander';
import { installPlugin } from '../install/install';
import { Problem } from '../problem';
import type { Host } from './host';
import { openProject } from './open';
import { type ProjectFlags, withProjectFlags } from './options';

interface Flags extends ProjectFlags {
  readonly force?: boolean;
  readonly installer?: string;
  readonly lock?: boolean;
  readonly locked?: boolean;
}

/** `tapline-run install`. */
export function addInstall(program: Command, host: Host): void {
  withProjectFlags(program.command('install'))
    .description('install plugins, each into a virtual environment of its own')
    .argument('[plugins...]', 'the plugins to install; by default all')
    .option('--force', 'install anew what has not changed')
    .option(
      '--lock',
      'write the locks of the packages anew, with every version and hash, and install by them',
    )
    .option('--locked', 'refuse plugins without a lock of their packages')
    .option('--installer <name>', 'uv or pip; by default uv where it is there')
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
      const { force = false, lock = false, locked = false, installer } = flags;
      for (const plugin of plugins) {
        const outcome = await installPlugin(project, plugin, log, { force, lock, locked, installer });
        host.err(`${plugin.name}: ${outcome}\n`);
      }
    });
}
