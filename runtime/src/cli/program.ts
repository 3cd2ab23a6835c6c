import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json';
import { exitCode, Problem } from '../problem';
import type { Host } from './host';
import { withProjectFlags } from './options';
import { addCheck } from './check';
import { addInstall } from './install';
import { addInvoke } from './invoke';
import { addRun } from './run';
import { addState } from './state';

/** Runs the program to its end, and gives its exit code. */
export async function runProgram(args: readonly string[], host: Host): Promise<number> {
  let code: number = exitCode.fine;
  const program = makeProgram(host, (value) => (code = value));
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.fine : exitCode.usage;
    if (!(error instanceof Problem)) throw error;
    host.err(`${error.message}\n${error.fix === undefined ? '' : `  ${error.fix}\n`}`);
    return error.exitCode;
  }
}

function makeProgram(host: Host, setExitCode: (code: number) => void): Command {
  const program = withProjectFlags(new Command('tapline-run'))
    .enablePositionalOptions()
    .description('Executes the pipelines of a Meltano project.')
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ writeOut: host.out, writeErr: host.err });
  addRun(program, host, setExitCode);
  addInvoke(program, host, setExitCode);
  addState(program, host);
  addInstall(program, host);
  addCheck(program, host, setExitCode);
  return program;
}
