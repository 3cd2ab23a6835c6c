import { readFileSync } from 'node:fs';

/** Where each version of cgroups counts, below where it is mounted. */
const versions = [
  { mount: '/sys/fs/cgroup', controllers: '', file: 'memory.events' },
  { mount: '/sys/fs/cgroup/memory', controllers: 'memory', file: 'memory.oom_control' },
] as const;

/**
 * How often the kernel ended a process of this container because memory ran out; undefined where it does not tell.
 *
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html (memory.events, oom_kill)
 */
export function outOfMemoryKills(root = ''): number | undefined {
  const own = ownGroups(root);
  for (const { mount, controllers, file } of versions) {
    // In a container its own group is mounted as the root, whatever /proc calls it.
    for (const group of [own.get(controllers), '']) {
      const kills = group === undefined ? undefined : killsIn(`${root}${mount}${group}/${file}`);
      if (kills !== undefined) return kills;
    }
  }
  return undefined;
}

/** The groups of this process, by their controllers; that of the second version has none. */
function ownGroups(root: string): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  for (const line of contents(`${root}/proc/self/cgroup`).split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    for (const controller of controllers?.split(',') ?? []) groups.set(controller, path ?? '');
  }
  return groups;
}

function killsIn(file: string): number | undefined {
  const found = /^oom_kill (\d+)$/m.exec(contents(file));
  return found ? Number(found[1]) : undefined;
}

function contents(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
