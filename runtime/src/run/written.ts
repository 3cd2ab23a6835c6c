import { readdirSync, readFileSync } from 'node:fs';

/** What a process has written so far; undefined where the system does not tell. */
export function writtenBy(pid: number | 'self', thread?: string): number | undefined {
  try {
    const file = thread === undefined ? `/proc/${pid}/io` : `/proc/${pid}/task/${thread}/io`;
    const found = /^wchar: (\d+)$/m.exec(readFileSync(file, 'utf8'));
    return found ? Number(found[1]) : undefined;
  } catch {
    return undefined;
  }
}

/** What a process and all that it started have written so far; undefined where the system does not tell. */
export function writtenByTree(pid: number): number | undefined {
  let written = writtenBy(pid);
  for (const child of childrenOf(pid)) written = (written ?? 0) + (writtenByTree(child) ?? 0);
  return written;
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

/**
 * What all processes together wrote that this one started and that have ended.
 *
 * The kernel adds what an ended child wrote to the account of the process that waited for it; without what its own
 * threads wrote, the children's is left. A child that is gone can be asked in no other way.
 */
export function writtenByEndedChildren(): number | undefined {
  const whole = writtenBy('self');
  if (whole === undefined) return undefined;
  let own = 0;
  for (const thread of readdirSync('/proc/self/task')) own += writtenBy('self', thread) ?? 0;
  return whole - own;
}
