import { ConfigError } from '../config';
import { InputError } from './entry';
import { colors } from './terminal';
import { ForeignFileError } from './writer';

/** The tool or its input failed. */
export const FAILED = 1;

/** A gate failed: the input can be used, and what comes of it is not accepted. */
export const GATE_FAILED = 3;

/** Says on stderr what went wrong and what to do; a stack only for what is our own fault. */
export function tellFailure(error: unknown): void {
  if (error instanceof ConfigError) process.stderr.write(`${error.rendered}\n`);
  else if (error instanceof InputError || error instanceof ForeignFileError || isFileError(error)) {
    process.stderr.write(`${colors.red('error')} ${error.message}\n`);
  } else {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `${colors.red('error')} this is a fault of tapline, not of your configuration:\n${text}\n`,
    );
  }
}

export function exitCodeOf(error: unknown): number {
  const code = (error as { exitCode?: unknown } | undefined)?.exitCode;
  return code === 0 ? 0 : FAILED;
}

/** A disk that is full, a folder that is read-only: the message of the system says it. */
function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
