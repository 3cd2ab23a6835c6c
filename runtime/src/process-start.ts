import { readFileSync } from 'node:fs';

/**
 * When a process started, in clock ticks since the machine did; undefined where it does not live.
 *
 * With it a process is told from another one that later got the same id.
 */
export function processStart(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // A zombie lives no more.
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
