import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError, parseImagesLock, renderProblems } from '../../config';
import { type UsedImage, usedImages } from '../../model';
import { type Input, lockFileOf, readInput, selectPlatforms, useColor } from '../../output';
import {
  dockerCredentials,
  type Patience,
  patientConnections,
  RegistryClient,
  RegistryError,
} from '../../registry';

/** An image of the configuration, and the environments that run it. */
export interface ListedImage extends UsedImage {
  /** `FILE:LINE` that asks for it first. */
  readonly place: string;
  readonly line: number;
  /** Names of the environments; empty where the file declares none. */
  readonly environments: readonly string[];
}

/** The configuration, read without its lock, and the images of all its environments or of one. */
export function readImages(
  file: string,
  environment?: string,
): { readonly input: Input; readonly images: readonly ListedImage[] } {
  const input = readInput(file, { color: useColor, locked: false });
  const images = new Map<string, ListedImage>();
  for (const platform of selectPlatforms(input, environment)) {
    for (const image of usedImages(platform)) {
      const name = image.lockName ?? image.reference;
      const { line } = input.loaded.locate(image.origin, platform.environment);
      const environments = platform.environment === null ? [] : [platform.environment];
      const known = images.get(name);
      images.set(
        name,
        known === undefined
          ? { ...image, line, place: `${file}:${line}`, environments }
          : { ...known, environments: [...known.environments, ...environments] },
      );
    }
  }
  return { input, images: [...images.values()] };
}

/** The names that the lock has to hold. */
export function namesToLock(images: readonly ListedImage[]): ReadonlyMap<string, ListedImage> {
  return new Map(images.flatMap((image) => (image.lockName === null ? [] : [[image.lockName, image]])));
}

/**
 * The digests of the `images.lock` beside a configuration; undefined where there is none.
 * @throws ConfigError where it cannot be read
 */
export function readLock(file: string): Readonly<Record<string, string>> | undefined {
  const lock = lockFileOf(dirname(file));
  if (!existsSync(lock)) return undefined;
  const { images, document, problems } = parseImagesLock(lock, readFileSync(lock, 'utf8'));
  if (problems.length > 0) {
    throw new ConfigError(problems, renderProblems(document, problems, { color: useColor }));
  }
  return images;
}

/** What a registry said: a digest, or why there is none. */
export type Resolved =
  | { readonly name: string; readonly digest: string }
  | { readonly name: string; readonly error: RegistryError };

/**
 * Asks the registries for the digests of these names, a few at a time; each answer is told as it comes.
 * @param known digests that were seen before
 */
export async function resolveDigests(
  names: readonly string[],
  known: Readonly<Record<string, string>>,
  options: { readonly environment: NodeJS.ProcessEnv; readonly patience?: Patience },
  tell: (resolved: Resolved) => void,
): Promise<Resolved[]> {
  const connections = patientConnections(options.environment, options.patience);
  const client = new RegistryClient(dockerCredentials(options.environment), connections);
  const waiting = [...names];
  const results: Resolved[] = [];
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const resolved = await resolve(client, name, known[name]);
      results.push(resolved);
      tell(resolved);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await connections.close();
  }
  return results.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Registries limit how often they are asked at once. */
const atOnce = 4;

async function resolve(client: RegistryClient, name: string, known: string | undefined): Promise<Resolved> {
  try {
    return { name, digest: await client.resolveDigest(name, known) };
  } catch (error) {
    if (error instanceof RegistryError) return { name, error };
    throw error;
  }
}

/** For messages: the registry's name is long enough. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
