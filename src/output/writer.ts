import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from './synthesized';

/** Lists the files that tapline made in a folder; kubectl and Terraform both pass over a file of this name. */
const marker = '.tapline';
const heading = '# Files in this folder that tapline made. It replaces and removes these and no others.';

/** What a write did, by path. */
export interface WriteResult {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** Thrown where a file stands in the way that tapline did not make. */
export class ForeignFileError extends Error {
  constructor(readonly files: readonly string[]) {
    super(
      `these files exist and were not made by tapline:\n${files.map((file) => `  ${file}`).join('\n')}\n` +
        'Move them away, or write to another folder with --out. Nothing was written.',
    );
    this.name = 'ForeignFileError';
  }
}

/**
 * Looks at several folders before the first is written to, so that a refusal in the last leaves all of them alone.
 * @throws ForeignFileError
 */
export function refuseForeignFiles(
  outputs: readonly { readonly folder: string; readonly files: readonly OutputFile[] }[],
): void {
  const foreign = outputs.flatMap(({ folder, files }) => {
    const own = ownFiles(folder);
    return files
      .filter(({ path }) => !own.has(path))
      .filter(({ path, content }) => ![undefined, content].includes(read(join(folder, path))))
      .map(({ path }) => join(folder, path));
  });
  if (foreign.length > 0) throw new ForeignFileError(foreign);
}

/**
 * Makes a folder hold exactly these files of ours, and leaves every other file in it alone.
 *
 * New content is complete on disk before the first old file is touched, each file is swapped by a rename, and files
 * that are no longer made go last: whatever interrupts it, no file is ever half written.
 * @throws ForeignFileError before anything is written
 */
export function writeOutput(folder: string, files: readonly OutputFile[]): WriteResult {
  refuseForeignFiles([{ folder, files }]);
  const before = ownFiles(folder);
  const paths = new Set(files.map((file) => file.path));
  const result = { created: [] as string[], changed: [] as string[], unchanged: [] as string[] };
  for (const { path, content } of files) {
    const current = read(join(folder, path));
    if (current === undefined) result.created.push(path);
    else if (current === content) result.unchanged.push(path);
    else result.changed.push(path);
  }

  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `${marker}-${process.pid}`);
  try {
    const toWrite = new Set([...result.created, ...result.changed]);
    for (const { path, content } of files) {
      if (!toWrite.has(path)) continue;
      mkdirSync(dirname(join(temporary, path)), { recursive: true });
      writeFileSync(join(temporary, path), content);
    }
    // From here on both the old and the new files count as ours, in case that the next steps are interrupted.
    writeMarker(folder, [...before, ...paths]);
    for (const path of toWrite) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      renameSync(join(temporary, path), join(folder, path));
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  const removed = [...before].filter((path) => !paths.has(path) && existsSync(join(folder, path)));
  for (const path of removed) {
    rmSync(join(folder, path));
    removeEmptyFolders(folder, dirname(path));
  }
  writeMarker(folder, [...paths]);
  return { ...result, removed };
}

function ownFiles(folder: string): Set<string> {
  const lines = (read(join(folder, marker)) ?? '').split('\n');
  // A marker that somebody edited must never lead out of the folder.
  return new Set(
    lines.filter((line) => line !== '' && !line.startsWith('#') && !line.split('/').includes('..')),
  );
}

function writeMarker(folder: string, paths: readonly string[]): void {
  const content = `${heading}\n${[...new Set(paths)].sort().join('\n')}\n`;
  if (read(join(folder, marker)) !== content) writeFileSync(join(folder, marker), content);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function removeEmptyFolders(root: string, folder: string): void {
  if (folder === '.') return;
  try {
    rmdirSync(join(root, folder));
  } catch {
    // Something else is in it, which stays.
    return;
  }
  removeEmptyFolders(root, dirname(folder));
}
