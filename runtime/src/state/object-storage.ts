/** An object as it was read. */
export interface StoredObject {
  readonly text: string;
  /** What the service calls this very content: a generation, an ETag. */
  readonly version: string;
  /** How long ago it was written by the service's own clock; undefined where it does not tell. */
  readonly ageSeconds: number | undefined;
}

/** The object is not what the writer took it for: another one wrote it meanwhile. */
export class ObjectChanged extends Error {}

/**
 * The little that states need of an object store: whole objects, and writes that happen only over the version that the
 * writer knows.
 *
 * What does not answer is told by `StoreAway`, after the tries of the vendor's library; what will never work by a
 * `Problem`.
 */
export interface ObjectStorage {
  /** What Meltano calls it. */
  readonly label: string;
  /** Whether the same content has the same version, so that a version can come back. */
  readonly versionsAreContents: boolean;
  /** Whether it only speaks like a service that heeds the version of a write, and has to be tried. */
  readonly mayIgnoreVersions: boolean;
  /** Reads an object; undefined where there is none. */
  get(key: string): Promise<StoredObject | undefined>;
  /** Writes an object over the version that is named, or where there is none; gives the new version. */
  put(key: string, text: string, over: string | undefined): Promise<string>;
  /** Removes an object, where there is one. */
  remove(key: string): Promise<void>;
  /** The keys that begin so. */
  list(prefix: string): Promise<string[]>;
  /** Gives connections back. */
  close(): void;
}

/** The place that an address like `gs://bucket/a/folder` names. */
export interface ObjectPlace {
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
}

/** How long one request may take. */
export const requestTimeoutMs = 10_000;

/** How often a request is tried again within one write, with growing pauses; a writer goes on longer than that. */
export const requestRetries = 2;

/** How long ago a moment was by the clock that both come from; undefined where one of them is not told. */
export function ageBetween(
  written: string | undefined | null,
  now: string | undefined | null,
): number | undefined {
  const age = (Date.parse(now ?? '') - Date.parse(written ?? '')) / 1000;
  return Number.isNaN(age) ? undefined : Math.max(0, age);
}
