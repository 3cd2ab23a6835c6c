import { ConfigError } from '../config';

/** Version of the JSON that commands print on stdout; it changes when a key changes its meaning or goes. */
export const JSON_VERSION = 1;

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** A failure for programs: the problems where the configuration has some, else the message. */
export function printFailure(file: string, error: unknown): void {
  const problems = error instanceof ConfigError ? error.problems : [];
  printJson({
    version: JSON_VERSION,
    file,
    valid: false,
    ...(error instanceof ConfigError
      ? {}
      : { error: error instanceof Error ? error.message : String(error) }),
    problems: problems.map(({ problem, range }) => ({
      line: range.line,
      column: range.column,
      path: problem.path,
      message: problem.message,
      found: problem.sensitive === true ? null : (problem.found ?? null),
      allowed: problem.allowed ?? null,
      fix: problem.fix ?? null,
    })),
  });
}
