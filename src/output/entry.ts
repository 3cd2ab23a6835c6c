import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { loadPlatforms, type LoadedPlatforms, type Platform } from '../model';
import type { SourceLocator } from './source-map';

/** A configuration file that was read. */
export interface Input {
  /** The file, as it was named. */
  readonly file: string;
  /** The folder it is in; output goes there unless another is named. */
  readonly folder: string;
  readonly platforms: readonly Platform[];
  readonly loaded: LoadedPlatforms;
}

export interface ReadOptions {
  /** Whether messages are coloured. @default false */
  readonly color?: boolean;
  /** Whether the `images.lock` beside the file counts; what writes it must not be refused by it. @default true */
  readonly locked?: boolean;
}

/** Thrown for input that cannot be used; the message is for people. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/**
 * Reads a configuration file and the `images.lock` beside it.
 * @throws ConfigError, InputError
 */
export function readInput(file: string, options: ReadOptions = {}): Input {
  const folder = dirname(resolve(file));
  const lock = lockFileOf(folder);
  const loaded = loadPlatforms(
    { name: file, text: readText(file) },
    {
      color: options.color ?? false,
      exists: (path) => existsSync(resolve(folder, path)),
      read: (path) => readIfThere(resolve(folder, path)),
      ...(options.locked !== false && existsSync(lock)
        ? { imagesLock: { name: lockFileOf(dirname(file)), text: readText(lock) } }
        : {}),
    },
  );
  return { file, folder, platforms: loaded.platforms, loaded };
}

/** The lock of images of the configuration in a folder. */
export function lockFileOf(folder: string): string {
  return join(folder, 'images.lock');
}

/** The platforms of the named environment, or all of them. */
export function selectPlatforms(input: Input, environment: string | undefined): readonly Platform[] {
  if (environment === undefined) return input.platforms;
  const chosen = input.platforms.filter((platform) => platform.environment === environment);
  if (chosen.length > 0) return chosen;
  const names = input.platforms.flatMap((platform) => platform.environment ?? []);
  throw new InputError(
    names.length === 0
      ? `${input.file} declares no environments, so there is no '${environment}'. Leave the environment out.`
      : `${input.file} has no environment '${environment}'. It has ${names.join(', ')}.`,
  );
}

/**
 * What the stock tools synthesize: the file that TAPLINE_CONFIG names and the environment that TAPLINE_ENVIRONMENT
 * names.
 * @param fallback the file where TAPLINE_CONFIG names none
 */
export function readEntry(
  environment: NodeJS.ProcessEnv,
  fallback: string,
): { input: Input; platform: Platform } {
  const file = environment.TAPLINE_CONFIG ?? fallback;
  const input = readInput(file);
  const wanted = environment.TAPLINE_ENVIRONMENT;
  const [platform, ...others] = selectPlatforms(input, wanted === '' ? undefined : wanted);
  if (platform === undefined || others.length > 0) {
    const names = input.platforms.map((candidate) => candidate.environment);
    throw new InputError(
      `${file} declares environments; name one by TAPLINE_ENVIRONMENT: ${names.join(', ')}.`,
    );
  }
  return { input, platform };
}

/** Finds lines for the source maps of a platform. */
export function locatorOf(input: Input, platform: Platform): SourceLocator {
  return {
    file: basename(input.file),
    locate: (path) => input.loaded.locate(path, platform.environment),
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new InputError(`There is no ${file}. Name your configuration with --file, or TAPLINE_CONFIG.`, {
        cause: error,
      });
    }
    if (code === 'EISDIR') {
      throw new InputError(
        `${file} is a folder. Name the file in it, for example ${join(file, 'platform.yaml')}.`,
        {
          cause: error,
        },
      );
    }
    throw new InputError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** What cannot be read is as good as not there: the line that names it is told. */
function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
