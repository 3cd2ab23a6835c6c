import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { ConfigError, renderImagesLock } from '../../config';
import { colors, count, FAILED, lockFileOf, say } from '../../output';
import type { Patience } from '../../registry';
import { JSON_VERSION, printJson } from '../json';
import { shown } from '../shown';
import { namesToLock, readImages, readLock, resolveDigests, shortDigest } from './images';

export interface ImagesLockOptions {
  readonly file: string;
  /** Leave the digests that the lock has, and ask only for what it lacks. */
  readonly keep?: true;
  readonly json?: true;
}

/**
 * Writes the digest of every image of every environment to `images.lock`: whole, or not at all.
 *
 * The file is the same wherever and whenever it is made, as long as the tags stay: no date stands in it.
 */
export async function imagesLock(options: ImagesLockOptions, patience?: Patience): Promise<void> {
  const { input, images } = readImages(options.file);
  const wanted = namesToLock(images);
  const before = readEarlier(options);
  const names = [...wanted.keys()].filter((name) => options.keep !== true || before[name] === undefined);
  const failures: string[] = [];
  if (names.length > 0) say(colors.dim(`Asking the registries for ${count(names.length, 'image')} …`));
  const resolved = await resolveDigests(
    names,
    before,
    { environment: process.env, ...(patience === undefined ? {} : { patience }) },
    (one) => {
      if ('error' in one) failures.push(one.name);
      else say(`${colors.green('✔')} ${one.name} ${colors.dim(change(before[one.name], one.digest))}`);
    },
  );
  for (const one of resolved) {
    if (!('error' in one)) continue;
    say(`${colors.red('error')} ${one.name}`);
    say(`  ${one.error.message}`);
    say(`  ${colors.dim(`for ${wanted.get(one.name)?.place ?? options.file}`)}`);
    say(`  fix      ${one.error.fix}`);
  }
  if (failures.length > 0) {
    say();
    say(`${count(failures.length, 'image')} without a digest; images.lock was not written.`);
    process.exitCode = FAILED;
    return;
  }
  const after = Object.fromEntries(
    [...wanted.keys()].flatMap((name) => {
      const digest = resolved.find((one) => one.name === name);
      const value = digest !== undefined && 'digest' in digest ? digest.digest : before[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const file = lockFileOf(input.folder);
  writeWhole(file, renderImagesLock(after));
  const gone = Object.keys(before).filter((name) => after[name] === undefined);
  for (const name of gone) say(`${colors.yellow('-')} ${name} ${colors.dim('is not used any more')}`);
  say(`${colors.green('✔')} ${shown(file)} holds ${count(Object.keys(after).length, 'image')}.`);
  if (options.json === true) {
    printJson({
      version: JSON_VERSION,
      file: options.file,
      lock: file,
      images: after,
      changed: Object.keys(after)
        .filter((name) => before[name] !== after[name])
        .sort(),
      removed: gone.sort(),
    });
  }
}

/** A lock that cannot be read, after a merge for example, is simply made again; with --keep it is wanted. */
function readEarlier({ file, keep }: ImagesLockOptions): Readonly<Record<string, string>> {
  try {
    return readLock(file) ?? {};
  } catch (error) {
    if (keep === true || !(error instanceof ConfigError)) throw error;
    return {};
  }
}

function change(before: string | undefined, digest: string): string {
  if (before === digest) return `${shortDigest(digest)}, as before`;
  return before === undefined ? shortDigest(digest) : `${shortDigest(before)} → ${shortDigest(digest)}`;
}

/** Never half a file, whatever interrupts it. */
function writeWhole(file: string, text: string): void {
  const temporary = `${file}.tapline-${process.pid}`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}
