import {
  ConfigDocument,
  ConfigError,
  type ConfigPath,
  findLostTexts,
  type LocatedProblem,
  parseConfig,
  parseImagesLock,
  type Problem,
  renderProblems,
  type SourceRange,
  splitEnvironments,
} from '../config';
import type { Platform } from './platform';
import { resolvePlatform } from './resolve';
import { compare } from './scope';
import { findSharedNames } from './shared-names';

/** A text and the name it should have in messages. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** A file that has been read, checked and resolved. */
export interface LoadedPlatforms {
  /** One per environment, sorted by name; one without an environment where the file declares none. */
  readonly platforms: readonly Platform[];
  /** Where a part of the configuration stands, for messages and `tapline.map.json`. */
  locate(path: ConfigPath, environment: string | null): SourceRange;
}

export interface LoadOptions {
  /** The content of `images.lock`: an image that it lacks is refused. @default - no image is pinned to a digest */
  readonly imagesLock?: SourceText;
  /** Whether messages are coloured. @default false */
  readonly color?: boolean;
  /**
   * Whether a file exists, seen from the folder of the configuration.
   * @default - files that the configuration names are not looked for
   */
  readonly exists?: (path: string) => boolean;
  /**
   * The text of a file, seen from the folder of the configuration; undefined where there is none.
   * @default - no file that the configuration names can be read
   */
  readonly read?: (path: string) => string | undefined;
}

/**
 * From the text of `platform.yaml` to the resolved platforms.
 * @throws ConfigError with every problem of every environment, rendered with code frames.
 */
export function loadPlatforms(source: SourceText, options: LoadOptions = {}): LoadedPlatforms {
  const color = options.color ?? false;
  const document = new ConfigDocument(source.name, source.text);
  if (document.value === undefined) throw fail(document, document.syntaxProblems, color);

  const lock =
    options.imagesLock === undefined
      ? undefined
      : parseImagesLock(options.imagesLock.name, options.imagesLock.text);
  if (lock !== undefined && lock.problems.length > 0) throw fail(lock.document, lock.problems, color);

  const { environments, problems } = splitEnvironments(document.value);
  const found: FoundProblem[] = [
    ...document.syntaxProblems,
    ...problems.map((problem) => ({ problem, range: document.locate(problem.path, problem.at) })),
  ];
  const platforms: Platform[] = [];
  for (const { name, value } of environments) {
    const parsed = parseConfig(value);
    const all = [...parsed.problems];
    if (parsed.config !== undefined) {
      const lost = findLostTexts(parsed.config, (path) => document.sourceOf(placeOf(document, path, name)));
      all.push(...lost.filter((problem) => !follows(problem, parsed.removed)));
      const resolution = resolvePlatform(parsed.config, {
        environment: name,
        ...(lock === undefined ? {} : { images: lock.images }),
        ...(options.exists === undefined ? {} : { exists: options.exists }),
        ...(options.read === undefined ? {} : { read: options.read }),
      });
      if (resolution.ok) platforms.push(resolution.platform);
      else all.push(...resolution.problems.filter((problem) => !follows(problem, parsed.removed)));
    }
    for (const problem of all) {
      const path = placeOf(document, problem.path, name);
      found.push({
        problem: { ...problem, path },
        range: document.locate(path, problem.at),
        environment: name,
      });
    }
  }
  platforms.sort((a, b) => compare(a.environment ?? '', b.environment ?? ''));
  for (const { problem, platform } of findSharedNames(platforms)) {
    const path = placeOf(document, problem.path, platforms[platform]?.environment ?? null);
    found.push({ problem: { ...problem, path }, range: document.locate(path, problem.at) });
  }
  if (found.length > 0) throw fail(document, unique(found, environments.length), color);
  return {
    platforms,
    locate: (path, environment) => document.locate(placeOf(document, path, environment)),
  };
}

/** A problem, and the environment that it was found in; none where it is about the file or about several. */
interface FoundProblem extends LocatedProblem {
  readonly environment?: string | null;
}

/** In the overlay where it is laid over there, else in the rest of the file. */
function placeOf(document: ConfigDocument, path: ConfigPath, environment: string | null): ConfigPath {
  if (environment === null) return path;
  const overlay = ['environments', environment, ...path];
  if (document.has(overlay)) return overlay;
  // A list of the overlay replaces the whole list, so its entries are the overlay's.
  for (let length = path.length; length > 0; length--) {
    const head = path.slice(0, length);
    if (document.has(['environments', environment, ...head]) && !document.has(head)) return overlay;
    if (document.has(head)) return path;
  }
  return path;
}

/** Whether a problem only follows from a part that was left out because it is wrong itself. */
function follows(problem: Problem, removed: readonly ConfigPath[]): boolean {
  const begins = (path: ConfigPath, head: ConfigPath) => head.every((part, i) => path[i] === part);
  return removed.some(
    (gone) =>
      begins(problem.path, gone) ||
      (problem.dependsOn ?? []).some(
        (needed) => begins(needed, gone) || (begins(gone, needed) && gone.length === needed.length + 1),
      ),
  );
}

/**
 * The same problem in two environments, at the same place, is one; one that only some environments have, at a place
 * that all share, says which. All are in the order of the file.
 */
function unique(found: readonly FoundProblem[], environments: number): LocatedProblem[] {
  const byPlace = new Map<string, FoundProblem[]>();
  for (const one of found) {
    const place = `${one.range.line}:${one.range.column}:${one.problem.message}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), one]);
  }
  return [...byPlace.values()]
    .map((same): LocatedProblem => {
      const [{ problem, range }] = same as [FoundProblem];
      const names = same.flatMap(({ environment }) => environment ?? []);
      const everywhere = names.length === 0 || names.length === environments;
      if (everywhere || problem.path[0] === 'environments') return { problem, range };
      const where = `in the environment${names.length > 1 ? 's' : ''} ${names.join(', ')}`;
      return { problem: { ...problem, message: `${problem.message} (${where})` }, range };
    })
    .sort((a, b) => a.range.line - b.range.line || a.range.column - b.range.column);
}

function fail(document: ConfigDocument, problems: readonly LocatedProblem[], color: boolean): ConfigError {
  return new ConfigError(problems, renderProblems(document, problems, { color }));
}
