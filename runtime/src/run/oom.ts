import { readFileSync } from 'node:fs';

/**
 * How often the kernel ended a process of this container because memory ran out; undefined where it does not tell.
 *
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html (memory.events, oom_kill)
 */
export function outOfMemoryKills(root = '/sys/fs/cgroup'): number | undefined {
  for (const [file, pattern] of [
    [`${root}/memory.events`, /^oom_kill (\d+)$/m],
    [`${root}/memory/memory.oom_control`, /^oom_kill (\d+)$/m],
  ] as const) {
    try {
      const found = pattern.exec(readFileSync(file, 'utf8'));
      if (found) return Number(found[1]);
    } catch {
      // The other version of cgroups, or none.
    }
  }
  return undefined;
}
