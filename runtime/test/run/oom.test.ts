import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { outOfMemoryKills } from '../../src/run/oom';
import { remove, temporaryFolder } from '../support/program';

let root = '';
beforeEach(() => {
  root = temporaryFolder();
});
afterEach(() => {
  remove(root);
});

function lay(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

describe('kills for want of memory', () => {
  it('are read of the own group, in both versions of cgroups', () => {
    lay({
      'proc/self/cgroup': '0::/pod/me\n',
      'sys/fs/cgroup/pod/me/memory.events': 'low 0\noom 3\noom_kill 2\noom_group_kill 0\n',
      'sys/fs/cgroup/memory.events': 'oom_kill 9\n',
    });
    expect(outOfMemoryKills(root)).toBe(2);
    remove(root);
    lay({
      'proc/self/cgroup': '9:name=systemd:/\n4:cpu,memory:/docker/me\n0::/\n',
      'sys/fs/cgroup/memory/docker/me/memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 4\n',
    });
    expect(outOfMemoryKills(root)).toBe(4);
  });

  it('are read at the root where a container sees its own group there', () => {
    lay({
      'proc/self/cgroup': '0::/../../kubepods/pod1/container2\n',
      'sys/fs/cgroup/memory.events': 'oom_kill 1\n',
    });
    expect(outOfMemoryKills(root)).toBe(1);
  });

  it('are unknown where nothing tells', () => {
    expect(outOfMemoryKills(root)).toBeUndefined();
  });
});
