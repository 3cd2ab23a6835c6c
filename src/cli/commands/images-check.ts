import { colors, count, FAILED, GATE_FAILED, say } from '../../output';
import type { Patience } from '../../registry';
import { JSON_VERSION, printJson } from '../json';
import { namesToLock, readImages, readLock, resolveDigests, shortDigest } from './images';

export interface ImagesCheckOptions {
  readonly file: string;
  /** Look only whether the lock holds what the configuration names, and ask no registry. */
  readonly offline?: true;
  readonly json?: true;
}

/** What is not as the lock says. */
interface Stale {
  readonly name: string;
  readonly why: 'missing' | 'unused' | 'moved';
  readonly text: string;
}

/** Whether `images.lock` holds exactly the images of the configuration, and each tag still has its digest; else 3. */
export async function imagesCheck(options: ImagesCheckOptions, patience?: Patience): Promise<void> {
  const { images } = readImages(options.file);
  const wanted = namesToLock(images);
  const lock = readLock(options.file) ?? {};
  const stale: Stale[] = [
    ...[...wanted]
      .filter(([name]) => lock[name] === undefined)
      .map(([name, { place }]): Stale => ({
        name,
        why: 'missing',
        text: `is not in images.lock, for ${place}`,
      })),
    ...Object.keys(lock)
      .filter((name) => !wanted.has(name))
      .map((name): Stale => ({ name, why: 'unused', text: 'is in images.lock, and nothing runs it' })),
  ];
  const asked = options.offline === true ? [] : [...wanted.keys()].filter((name) => lock[name] !== undefined);
  const resolved = await resolveDigests(
    asked,
    lock,
    { environment: process.env, ...(patience === undefined ? {} : { patience }) },
    () => undefined,
  );
  let unanswered = 0;
  for (const one of resolved) {
    if ('error' in one) {
      unanswered += 1;
      say(`${colors.red('error')} ${one.name}\n  ${one.error.message}\n  fix      ${one.error.fix}`);
    } else if (one.digest !== lock[one.name]) {
      const text = `has moved: ${shortDigest(lock[one.name] ?? '')} → ${shortDigest(one.digest)}`;
      stale.push({ name: one.name, why: 'moved', text });
    }
  }
  if (options.json === true) {
    printJson({
      version: JSON_VERSION,
      file: options.file,
      fresh: stale.length === 0 && unanswered === 0,
      stale: stale.map(({ name, why }) => ({ name, why })),
      unanswered: resolved.flatMap((one) => ('error' in one ? [one.name] : [])),
    });
  }
  for (const { name, text } of stale) say(`${colors.red('✖')} ${name} ${text}`);
  if (stale.length > 0) say(`Mend it by: tapline images lock --file ${options.file}`);
  else if (unanswered === 0)
    say(`${colors.green('✔')} images.lock is right about ${count(wanted.size, 'image')}.`);
  if (unanswered > 0) process.exitCode = FAILED;
  else if (stale.length > 0) process.exitCode = GATE_FAILED;
}
