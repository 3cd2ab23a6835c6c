import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ForeignFileError, type OutputFile, writeOutputs } from '../../src/output';
import { readTree, temporaryFolder } from '../support/temporary';

const folder = temporaryFolder();
const file = (path: string, content = path): OutputFile => ({ path, content });
const writeOutput = (path: string, files: OutputFile[]) => writeOutputs([{ folder: path, files }])[0]!;
const ours = () =>
  Object.fromEntries(Object.entries(readTree(folder.path)).filter(([path]) => path !== '.tapline'));

describe('writeOutputs', () => {
  test('makes the folder hold exactly the given files', () => {
    expect(writeOutput(folder.path, [file('a/b.json'), file('c.json')])).toEqual({
      created: ['a/b.json', 'c.json'],
      changed: [],
      unchanged: [],
      removed: [],
    });
    expect(ours()).toEqual({ 'a/b.json': 'a/b.json', 'c.json': 'c.json' });
  });

  test('removes what it made before and makes no longer, and folders that become empty', () => {
    writeOutput(folder.path, [file('a/b/c.json'), file('d.json')]);
    expect(writeOutput(folder.path, [file('d.json')]).removed).toEqual(['a/b/c.json']);
    expect(existsSync(join(folder.path, 'a'))).toBe(false);
  });

  test('never removes a file that it did not make, nor the folder around it', () => {
    writeOutput(folder.path, [file('stacks/data/cdk.tf.json')]);
    mkdirSync(join(folder.path, 'stacks/data/.terraform'));
    writeFileSync(join(folder.path, 'stacks/data/.terraform/lock'), 'theirs');
    writeOutput(folder.path, [file('stacks/other/cdk.tf.json')]);
    expect(ours()).toEqual({
      'stacks/data/.terraform/lock': 'theirs',
      'stacks/other/cdk.tf.json': 'stacks/other/cdk.tf.json',
    });
  });

  test('fails before it writes anything where a file stands in the way that it did not make', () => {
    mkdirSync(join(folder.path, 'a'));
    writeFileSync(join(folder.path, 'a/b.json'), 'theirs');
    expect(() => writeOutput(folder.path, [file('new.json'), file('a/b.json')])).toThrow(ForeignFileError);
    expect(() => writeOutput(folder.path, [file('a/b.json')])).toThrow(
      /a\/b\.json\nMove them away, or write to another folder with --out\. Nothing was written\./,
    );
    expect(readTree(folder.path)).toEqual({ 'a/b.json': 'theirs' });
  });

  test('does not touch a file whose content stays', () => {
    writeOutput(folder.path, [file('a.json')]);
    const long = new Date(2001, 1, 1);
    utimesSync(join(folder.path, 'a.json'), long, long);
    expect(writeOutput(folder.path, [file('a.json'), file('b.json')])).toMatchObject({
      created: ['b.json'],
      unchanged: ['a.json'],
    });
    expect(statSync(join(folder.path, 'a.json')).mtime).toEqual(long);
  });

  test('leaves nothing temporary behind when the disk refuses', () => {
    writeOutput(folder.path, [file('a.json', 'old')]);
    // A file where a folder is needed: the write fails half way.
    writeFileSync(join(folder.path, 'blocked'), 'theirs');
    expect(() => writeOutput(folder.path, [file('a.json', 'new'), file('blocked/x.json')])).toThrow(
      /ENOTDIR|EEXIST/,
    );
    expect(readTree(folder.path)).toMatchObject({ 'a.json': 'old', blocked: 'theirs' });
    const name = basename(folder.path);
    expect(readdirSync(dirname(folder.path)).filter((other) => other.startsWith(name))).toEqual([name]);
  });

  test('leaves the first folder as it was where the last one refuses', () => {
    const [first, last] = [join(folder.path, 'first'), join(folder.path, 'last')];
    writeOutputs([{ folder: first, files: [file('a.json', 'old')] }]);
    writeFileSync(last, 'a file, where a folder is needed');
    expect(() =>
      writeOutputs([
        { folder: first, files: [file('a.json', 'new')] },
        { folder: last, files: [file('b.json')] },
      ]),
    ).toThrow(/EEXIST|ENOTDIR/);
    expect(readFileSync(join(first, 'a.json'), 'utf8')).toBe('old');
  });

  test('clears away what a killed run left, but not what a live one is writing', () => {
    const out = join(folder.path, 'dist');
    // Process 1 is always alive; no process can have a number that high.
    for (const pid of ['1', '999999999']) mkdirSync(`${out}.tapline-${pid}`);
    writeOutput(out, [file('a.json')]);
    expect(readdirSync(folder.path).sort()).toEqual(['dist', 'dist.tapline-1']);
  });

  test('never follows a marker out of its folder', () => {
    writeOutput(join(folder.path, 'out'), [file('a.json')]);
    writeFileSync(join(folder.path, 'precious'), 'theirs');
    writeFileSync(join(folder.path, 'out/.tapline'), 'a.json\n../precious\n');
    writeOutput(join(folder.path, 'out'), []);
    expect(readFileSync(join(folder.path, 'precious'), 'utf8')).toBe('theirs');
  });
});
