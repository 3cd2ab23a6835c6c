import { ConfigError } from '../../config';
import { colors, count, FAILED, readInput, say, selectPlatforms, useColor } from '../../output';

/** Version of the JSON that validate prints. */
const JSON_VERSION = 1;

/** Checks a configuration and says that it is fine, or throws with every problem in it. */
export function validate(options: {
  readonly file: string;
  readonly environment?: string;
  readonly json?: true;
}): void {
  try {
    const input = readInput(options.file, { color: useColor });
    const platforms = selectPlatforms(input, options.environment);
    if (options.json === true) print(options.file, []);
    const names = platforms.flatMap((platform) => platform.environment ?? []);
    say(
      `${colors.green('✔')} ${options.file} is valid${names.length === 0 ? '' : ` in ${count(names.length, 'environment')}: ${names.join(', ')}`}.`,
    );
  } catch (error) {
    if (options.json !== true || !(error instanceof ConfigError)) throw error;
    print(options.file, error.problems);
    say(error.rendered);
    process.exitCode = FAILED;
  }
}

function print(file: string, problems: ConfigError['problems']): void {
  const result = {
    version: JSON_VERSION,
    file,
    valid: problems.length === 0,
    problems: problems.map(({ problem, range }) => ({
      line: range.line,
      column: range.column,
      path: problem.path,
      message: problem.message,
      found: problem.sensitive === true ? null : (problem.found ?? null),
      allowed: problem.allowed ?? null,
      fix: problem.fix ?? null,
    })),
  };
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
}
