import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { synth } from '../../src/cli/commands/synth';
import { capture } from '../support/capture';
import { examples } from '../support/examples';
import { readTree, temporaryFolder } from '../support/temporary';

const root = resolve(__dirname, '../..');
const folder = temporaryFolder();
const example = examples.find(([name]) => name === 'gitlab-meltano')![1];

/** Runs the bundled program and tells which of its files it loaded. */
function filesLoadedBy(...args: string[]): string[] {
  const hook = join(folder.path, 'hook.cjs');
  const told = join(folder.path, 'loaded.json');
  writeFileSync(
    hook,
    `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify(Object.keys(require.cache))));`,
  );
  execFileSync(process.execPath, ['--require', hook, join(folder.path, 'bin/tapline.js'), ...args], {
    stdio: 'pipe',
  });
  const files = JSON.parse(readFileSync(told, 'utf8')) as string[];
  return files.map((file) => basename(file)).filter((file) => file !== 'hook.cjs');
}

describe('the bundles', () => {
  beforeEach(() => {
    execFileSync(process.execPath, ['scripts/build.mjs', '--bundles', join(folder.path, 'bin')], {
      cwd: root,
      stdio: 'pipe',
    });
  }, 60_000);

  it('load what a command needs, and give the bytes of the source', async () => {
    expect(filesLoadedBy('validate', '--file', example).sort()).toEqual(['core.js', 'tapline.js', 'yaml.js']);

    const bundled = join(folder.path, 'bundled');
    const loaded = filesLoadedBy('synth', '--file', example, '--out', bundled, '--today', '2027-01-01');
    expect(loaded).toEqual(expect.arrayContaining(['cdktf.js', 'google-container-cluster.js', 'policy.js']));
    // The example has no resource of these.
    for (const absent of ['google-billing-budget.js', 'google-bigquery-dataset.js', 'graph.js']) {
      expect(loaded).not.toContain(absent);
    }

    const source = join(folder.path, 'source');
    await capture(() => {
      synth({ file: example, out: source, today: '2027-01-01' });
    });
    expect(readTree(bundled)).toEqual(readTree(source));

    const judging = filesLoadedBy('policy', '--dir', bundled, '--today', '2027-01-01');
    expect(judging.sort()).toEqual(['core.js', 'policy.js', 'tapline.js', 'yaml.js']);
  }, 60_000);
});
