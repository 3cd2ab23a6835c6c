import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { review, type ReviewOptions } from '../../src/cli/commands/review';
import { FAILED, InputError } from '../../src/output';
import type { Review } from '../../src/review';
import { capture } from '../support/capture';
import { temporaryFolder } from '../support/temporary';

const folder = temporaryFolder();

function git(...args: string[]): string {
  return execFileSync(
    'git',
    ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args],
    {
      cwd: folder.path,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}

const configuration = (buckets: string) => `version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
buckets:
${buckets}`;

/** A repository whose branch main has one bucket, and whose branch work adds one and takes none. */
function repository(): string {
  const file = join(folder.path, 'platform.yaml');
  git('init', '--quiet', '--initial-branch', 'main');
  writeFileSync(file, configuration('  raw: {}\n'));
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
  git('switch', '--quiet', '--create', 'work');
  writeFileSync(file, configuration('  raw: {}\n  refined: {}\n'));
  return file;
}

/** Two folders of output by some other tool. */
function sides(base: object | undefined, head: object | undefined): { base: string; head: string } {
  const [one, other] = [join(folder.path, 'base'), join(folder.path, 'head')];
  for (const [path, resources] of [
    [one, base],
    [other, head],
  ] as const) {
    mkdirSync(path);
    if (resources !== undefined)
      writeFileSync(join(path, 'main.tf.json'), JSON.stringify({ resource: resources }));
  }
  return { base: one, head: other };
}

const bucket = (location: string) => ({ google_storage_bucket: { raw: { name: 'raw', location } } });
const run = async (options: ReviewOptions) => {
  const result = await capture(() => review(options));
  const json = options.format === 'json' ? (JSON.parse(result.stdout) as Review) : undefined;
  return { ...result, changes: json?.changes.map(({ action, address }) => `${action} ${address}`) };
};

describe('tapline review of two folders', () => {
  it('prints text, JSON, Markdown and a page', async () => {
    const both = sides(bucket('EU'), bucket('US'));
    expect((await run(both)).stdout).toMatch(/^1 to replace\n/);
    expect((await run({ ...both, format: 'json' })).changes).toEqual(['replace google_storage_bucket.raw']);
    expect((await run({ ...both, format: 'markdown' })).stdout).toMatch(/^## Review of the change\n/);
    expect((await run({ ...both, format: 'html' })).stdout).toMatch(/^<!DOCTYPE html>\n/);
  });

  it('writes several files at once, each as its name ends', async () => {
    const out = ['review.json', 'sub/review.md', 'review.html', 'review.txt'].map((name) =>
      join(folder.path, name),
    );
    const { stdout } = await run({ ...sides(bucket('EU'), bucket('US')), out });
    expect(stdout).toBe('');
    expect(out.map((file) => readFileSync(file, 'utf8').slice(0, 9))).toEqual(
      ['{\n  "versi', '## Review', '<!DOCTYPE', '1 to repl'].map((text) => text.slice(0, 9)),
    );
  });

  it('exits with 2 for changes where that was asked for, and only then', async () => {
    const both = sides(bucket('EU'), bucket('US'));
    expect((await run(both)).exitCode).toBeUndefined();
    expect((await run({ ...both, detailedExitcode: true })).exitCode).toBe(2);
    expect(
      (await run({ base: both.base, head: both.base, detailedExitcode: true })).exitCode,
    ).toBeUndefined();
  });

  it('fails where a side holds nothing, rather than say that nothing changes', async () => {
    const { stdout, exitCode } = await run(sides(bucket('EU'), undefined));
    expect(stdout).toContain('the head holds no output');
    expect(exitCode).toBe(FAILED);
  });

  it('fails on a file whose ending says nothing, on a folder that is not there, and on a side named twice', async () => {
    const both = sides(bucket('EU'), bucket('US'));
    await expect(review({ ...both, out: ['review.pdf'] })).rejects.toThrow('found review.pdf');
    await expect(review({ ...both, base: '/nowhere' })).rejects.toThrow('There is no folder /nowhere');
    await expect(review({ ...both, baseRef: 'HEAD' })).rejects.toThrow('Name one of them');
    await expect(review({ ...both, plan: ['/nowhere.json'] })).rejects.toThrow(InputError);
  });
});

describe('tapline review of a repository', () => {
  it('compares the working tree with where the branch left main, and leaves no worktree behind', async () => {
    const file = repository();
    const { changes, stderr } = await run({ file, format: 'json' });
    expect(changes).toContain('create google_storage_bucket.refined');
    expect(changes?.every((change) => change.startsWith('create ') || change.startsWith('update '))).toBe(
      true,
    );
    expect(stderr).toContain('merge base with main');
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it('compares two revisions, in whatever state the working tree is', async () => {
    const file = repository();
    git('commit', '--quiet', '--all', '--message', 'second');
    writeFileSync(file, 'not a platform');
    const { changes } = await run({ file, baseRef: 'work', headRef: 'main', format: 'json' });
    expect(changes).toContain('delete google_storage_bucket.refined');
  });

  it('tells everything as new where the revision has no configuration yet', async () => {
    const file = repository();
    git('rm', '--quiet', '--cached', 'platform.yaml');
    git('commit', '--quiet', '--message', 'without');
    const { changes, stdout } = await run({ file, baseRef: 'HEAD', format: 'json' });
    expect(changes).toContain('create google_storage_bucket.raw');
    expect(stdout).toContain('the base holds no output; everything is told as new');
  });

  it('runs no hook of the repository', async () => {
    const file = repository();
    const trace = join(folder.path, 'ran');
    writeFileSync(join(folder.path, '.git/hooks/post-checkout'), `#!/bin/sh\ntouch ${trace}\n`, {
      mode: 0o755,
    });
    await run({ file });
    expect(existsSync(trace)).toBe(false);
  });

  it('fails with a revision that there is not, and outside of a repository', async () => {
    await expect(review({ file: join(folder.path, 'platform.yaml'), baseRef: 'HEAD' })).rejects.toThrow();
    const file = repository();
    await expect(review({ file, baseRef: '--upload-pack=x' })).rejects.toThrow(
      "There is no revision '--upload-pack=x'",
    );
    await expect(review({ file, baseRef: 'gone' })).rejects.toThrow('git fetch origin gone');
  });

  it('fails where the revision cannot be synthesized, and says which it is', async () => {
    const file = repository();
    git('commit', '--quiet', '--all', '--message', 'second');
    writeFileSync(file, 'version: 2\n');
    git('commit', '--quiet', '--all', '--message', 'broken');
    writeFileSync(file, configuration('  raw: {}\n'));
    const said = await capture(() => review({ file, baseRef: 'HEAD' }).catch(() => undefined));
    expect(said.stderr).toContain('cannot be synthesized as it is in HEAD');
  });
});
