import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { OutputFile } from './synthesized';

/** Lists the files that tapline made in a folder; kubectl and Terraform both pass over a file of this name. */
const marker = '.tapline';
const heading = '# Files in this folder that tapline made. It replaces and removes these and no others.';

/** A folder, and all the files of ours that it is to hold. */
export interface Output {
  readonly folder: string;
  readonly files: readonly OutputFile[];
}

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
 * Makes each folder hold exactly these files of ours, and leaves every other file in it alone.
 *
 * The new content of all folders is complete on disk, beside them, before the first old file is touched; then each file
 * is swapped by a rename, and files that are no longer made go last. Whatever interrupts it, no file is ever half
 * written, and a refusal in the last folder leaves the first as it was.
 * @throws ForeignFileError before anything is written
 */
export function writeOutputs(outputs: readonly Output[]): WriteResult[] {
  const plans = outputs.map(plan);
  const foreign = plans.flatMap(({ folder, before, result }) =>
    result.changed.filter((path) => !before.has(path)).map((path) => join(folder, path)),
  );
  if (foreign.length > 0) throw new ForeignFileError(foreign);
  for (const { folder } of plans) removeAbandoned(folder);
  try {
    plans.forEach(stage);
    return plans.map(commit);
  } finally {
    for (const { temporary } of plans) rmSync(temporary, { recursive: true, force: true });
  }
}

/** What a write would do, without doing it; files that somebody else made count as changed. */
export function compareOutputs(outputs: readonly Output[]): WriteResult[] {
  return outputs.map((output) => {
    const { folder, before, result, files } = plan(output);
    return { ...result, removed: noLongerMade(folder, before, files) };
  });
}

function noLongerMade(folder: string, before: ReadonlySet<string>, files: readonly OutputFile[]): string[] {
  const paths = new Set(files.map((file) => file.path));
  return [...before].filter((path) => !paths.has(path) && existsSync(join(folder, path)));
}

/** What is to be done with one folder. */
interface Plan extends Output {
  readonly before: ReadonlySet<string>;
  readonly result: { readonly created: string[]; readonly changed: string[]; readonly unchanged: string[] };
  /** Beside the folder, not in it: kubectl would apply what it finds there. On the same disk, so that a rename will do. */
  readonly temporary: string;
}

function plan({ folder, files }: Output): Plan {
  const result = { created: [] as string[], changed: [] as string[], unchanged: [] as string[] };
  for (const { path, content } of files) {
    const current = read(join(folder, path));
    if (current === undefined) result.created.push(path);
    else if (current === content) result.unchanged.push(path);
    else result.changed.push(path);
  }
  return {
    folder,
    files,
    before: ownFiles(folder),
    result,
    temporary: `${resolve(folder)}${temporarySuffix(process.pid)}`,
  };
}

function stage({ folder, files, before, result, temporary }: Plan): void {
  const unchanged = new Set(result.unchanged);
  mkdirSync(folder, { recursive: true });
  for (const { path, content } of files) {
    if (unchanged.has(path)) continue;
    // The folders in the target are made here too: where a file stands in their way, nothing has been swapped yet.
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    mkdirSync(dirname(join(temporary, path)), { recursive: true });
    writeFileSync(join(temporary, path), content);
  }
  // From here on both the old and the new files count as ours, in case that the next steps are interrupted.
  writeMarker(folder, [...before, ...files.map((file) => file.path)]);
}

function commit({ folder, files, before, result, temporary }: Plan): WriteResult {
  for (const path of [...result.created, ...result.changed]) {
    renameSync(join(temporary, path), join(folder, path));
  }
  const removed = noLongerMade(folder, before, files);
  for (const path of removed) {
    rmSync(join(folder, path));
    removeEmptyFolders(folder, dirname(path));
  }
  writeMarker(
    folder,
    files.map((file) => file.path),
  );
  return { ...result, removed };
}

function temporarySuffix(pid: number): string {
  return `.tapline-${pid}`;
}

/** Removes what a run that was killed left beside the folder, unless that run is still alive. */
function removeAbandoned(folder: string): void {
  const parent = dirname(resolve(folder));
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    const pid = Number(/\.tapline-(\d+)$/.exec(name)?.[1]);
    if (pid > 0 && `${resolve(folder)}${temporarySuffix(pid)}` === join(parent, name) && !isAlive(pid)) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    // Signal 0 is not sent; it only asks.
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
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
    // A file where a folder is meant holds nothing of ours either; making the folder says so.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
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
