import type { Command } from 'commander';
import { checkProject } from '../check/check';
import type { Finding } from '../check/finding';
import { exitCode, Problem } from '../problem';
import type { Host } from './host';
import { openProject } from './open';
import { type ProjectFlags, withProjectFlags } from './options';

interface Flags extends ProjectFlags {
  readonly json?: boolean;
}

/** `tapline-run check`. */
export function addCheck(program: Command, host: Host, setExitCode: (code: number) => void): void {
  withProjectFlags(program.command('check'))
    .description('tell what a run would stumble over, without running anything')
    .argument('[plugins...]', 'the plugins to look at; by default all')
    .option('--json', 'write the findings as JSON')
    .action(async (names: string[], _: Flags, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const { project, cwd } = openProject(host, flags, true);
      const plugins =
        names.length === 0
          ? project.plugins.all()
          : names.map((name) => {
              const plugin = project.plugins.find(name);
              if (!plugin) throw new Problem(`there is no plugin '${name}' in ${project.root}/meltano.yml`);
              return plugin;
            });
      const findings = await checkProject(project, plugins, cwd);
      if (flags.json === true) host.out(`${JSON.stringify({ version: 1, findings })}\n`);
      else host.err(findings.map(printFinding).join('') + summary(plugins.length, findings));
      if (findings.some(({ severity }) => severity === 'error')) setExitCode(exitCode.failed);
    });
}

function printFinding({ severity, about, message, fix }: Finding): string {
  return `${severity === 'error' ? '✖' : '!'} ${about}: ${message}\n${fix === undefined ? '' : `    ${fix}\n`}`;
}

function summary(plugins: number, findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const looked = `${plugins} ${plugins === 1 ? 'plugin' : 'plugins'} and the state`;
  return errors === 0 ? `✔ ${looked}: nothing in the way\n` : `${errors} in the way, of ${looked}\n`;
}
