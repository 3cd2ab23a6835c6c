import { colors, say } from '../../output';
import { JSON_VERSION, printJson } from '../json';
import { readImages, readLock } from './images';

/** Lists every image that the platform runs, and its digest where the lock has one. */
export function imagesList(options: {
  readonly file: string;
  readonly environment?: string;
  readonly json?: true;
}): void {
  const { images } = readImages(options.file, options.environment);
  const lock = readLock(options.file) ?? {};
  const rows = images.map((image) => {
    const own = /@(sha256:[0-9a-f]{64})$/.exec(image.reference)?.[1];
    return { ...image, digest: image.lockName === null ? (own ?? null) : (lock[image.lockName] ?? null) };
  });
  if (options.json === true) {
    printJson({
      version: JSON_VERSION,
      file: options.file,
      images: rows.map(({ lockName, reference, digest, environments, origin, line }) => ({
        name: lockName ?? reference,
        runs: reference,
        digest,
        environments,
        path: origin,
        line,
      })),
    });
    return;
  }
  for (const { lockName, reference, digest, place, environments } of rows) {
    process.stdout.write(
      `${lockName === null || digest === null ? (lockName ?? reference) : `${lockName}@${digest}`}\n`,
    );
    const where = environments.length === 0 ? '' : ` in ${environments.join(', ')}`;
    say(
      `  ${digest === null ? colors.yellow('not in images.lock') : 'pinned'}, ${colors.dim(`for ${place}${where}`)}`,
    );
  }
}
