import type { ConfigPath } from '../config/problem';
import type { Image, Platform } from './platform';
import type { Problems } from './problems';
import { compare } from './scope';

/** An image that a platform runs. */
export interface UsedImage {
  /** What `images.lock` calls it: by its tag; null where the configuration names a digest itself. */
  readonly lockName: string | null;
  /** What a pod names. */
  readonly reference: string;
  readonly pinned: boolean;
  /** Where the configuration asks for it first. */
  readonly origin: ConfigPath;
}

/**
 * Every image that the pods of a platform run, once each, by name.
 *
 * Looks through all there is instead of asking each kind of workload, so that none can be forgotten.
 */
export function usedImages(platform: Platform): UsedImage[] {
  const found = new Map<string, UsedImage>();
  const add = (image: Image, origin: ConfigPath) => {
    const { reference, pinned, lockName } = image;
    const name = lockName ?? reference;
    if (!found.has(name)) found.set(name, { lockName, reference, pinned, origin: image.namedAt ?? origin });
  };
  // Every instance knows the image of git-sync; only one whose DAGs come from a repository runs it.
  const airflow = platform.airflow.map((one) =>
    one.dags.kind === 'git' ? one : { ...one, gitSyncImage: null },
  );
  visit({ ...platform, airflow }, ['name'], add);
  return [...found].sort(([a], [b]) => compare(a, b)).map(([, image]) => image);
}

/** Adds a problem for each image that a lock, where there is one, does not hold. */
export function checkImages(platform: Platform, problems: Problems): void {
  // A reference that is wrong in itself is told already.
  const told = new Set(problems.list.map(({ path }) => path.join('\n')));
  for (const { lockName, pinned, origin } of usedImages(platform)) {
    if (pinned || lockName === null || told.has(origin.join('\n'))) continue;
    problems.add({
      path: origin,
      message: `images.lock has no digest for the image ${lockName}`,
      allowed: 'an image that is in the lock beside this file, or one with a digest of its own',
      fix: 'run tapline images lock',
      dependsOn: [['registries']],
    });
  }
}

function visit(value: unknown, origin: ConfigPath, add: (image: Image, origin: ConfigPath) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (isImage(value)) {
    add(value, origin);
    return;
  }
  const own = 'origin' in value && Array.isArray(value.origin) ? (value.origin as ConfigPath) : origin;
  for (const part of Object.values(value)) visit(part, own, add);
}

function isImage(value: object): value is Image {
  return 'lockName' in value && 'reference' in value && 'pinned' in value;
}
