import type { Command } from 'commander';
import { exitCode, Problem } from '../problem';
import type { Host } from './host';

/** The options that every command has. */
export interface ProjectFlags {
  /** `false` is `--no-environment`. */
  readonly environment?: string | false;
  readonly cwd?: string;
  readonly logLevel?: string;
  readonly logFormat?: string;
}

/** Gives a command the options that name a project. */
export function withProjectFlags(command: Command): Command {
  return command
    .option('--environment <name>', 'the environment of meltano.yml')
    .option('--no-environment', 'no environment')
    .option('--cwd <folder>', 'run as if started in this folder')
    .option('--log-level <level>', 'debug, info, warning, error, critical or disabled')
    .option('--log-format <format>', 'json or text; by default text on a terminal');
}

/** Whether a variable sets a flag, in the words that Meltano takes. */
export function isSet(host: Host, variable: string): boolean {
  const text = (host.env[variable] ?? '').toLowerCase();
  if (['1', 'true', 't', 'yes', 'y', 'on'].includes(text)) return true;
  if (['', '0', 'false', 'f', 'no', 'n', 'off'].includes(text)) return false;
  throw usage(`${variable} is '${text}', expected true or false`);
}

/** A wrong use of the command line. */
export function usage(message: string, fix?: string): Problem {
  return new Problem(message, { exitCode: exitCode.usage, ...(fix === undefined ? {} : { fix }) });
}
