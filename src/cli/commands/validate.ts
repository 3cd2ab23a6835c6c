import { colors, count, readInput, say, selectPlatforms, useColor } from '../../output';
import { JSON_VERSION, printFailure, printJson } from '../json';

/** Checks a configuration and says that it is fine, or throws with every problem in it. */
export function validate(options: {
  readonly file: string;
  readonly environment?: string;
  readonly json?: true;
}): void {
  try {
    const input = readInput(options.file, { color: useColor });
    const platforms = selectPlatforms(input, options.environment);
    if (options.json === true)
      printJson({ version: JSON_VERSION, file: options.file, valid: true, problems: [] });
    const names = platforms.flatMap((platform) => platform.environment ?? []);
    say(
      `${colors.green('✔')} ${options.file} is valid${names.length === 0 ? '' : ` in ${count(names.length, 'environment')}: ${names.join(', ')}`}.`,
    );
  } catch (error) {
    if (options.json !== true) throw error;
    printFailure(options.file, error);
    throw error;
  }
}
