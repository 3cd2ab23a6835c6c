import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSide, review, type Review } from '../../src/review';
import { temporaryFolder } from '../support/temporary';

const folder = temporaryFolder();

type Files = Readonly<Record<string, string>>;

function reviewed(base: Files, head: Files, prepare: (path: string) => void = () => undefined): Review {
  for (const [side, files] of Object.entries({ base, head })) {
    mkdirSync(join(folder.path, side), { recursive: true });
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder.path, side, file)), { recursive: true });
      writeFileSync(join(folder.path, side, file), text);
    }
  }
  prepare(folder.path);
  return review(readSide(join(folder.path, 'base')), readSide(join(folder.path, 'head')));
}

const map = (name: string, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: x\ndata:\n  a: ${value}\n`;
const bucket = (location: string) =>
  JSON.stringify({ resource: { google_storage_bucket: { lake: { name: 'lake', location } } } });
const told = ({ changes }: Review) => changes.map(({ action, address }) => `${action} ${address}`);
const file = 'dist/main/01-x.k8s.yaml';

describe('Input that is not as it should be', () => {
  it('fails a document that is no YAML, at its line, and reviews the rest of the file', () => {
    const found = reviewed(
      { [file]: `${map('a', 'one')}---\n${map('b', 'one')}` },
      { [file]: `${map('a', 'two')}---\napiVersion: v1\nkind: ConfigMap\n  oops: [\n` },
    );
    expect(told(found)).toEqual(['update v1/ConfigMap/x/a']);
    expect(found.diagnostics).toMatchObject([
      { level: 'error', file, line: 11, message: expect.stringMatching(/not YAML .*not reviewed/) },
    ]);
  });

  it('says nothing is gone that may stand in what could not be read, wherever it stood before', () => {
    const found = reviewed({ 'dist/a.k8s.yaml': map('a', 'one') }, { 'dist/b.k8s.yaml': 'a: [' });
    expect(told(found)).toEqual([]);
    expect(found.diagnostics).toMatchObject([{ level: 'error', file: 'dist/b.k8s.yaml', line: 1 }]);
  });

  it('fails a merge conflict that was left, at its line, even where both sides have it', () => {
    const conflict = `<<<<<<< HEAD\n${map('a', 'one')}=======\n${map('a', 'two')}>>>>>>> other\n`;
    const one = reviewed({ [file]: map('a', 'one') }, { [file]: `${map('b', 'x')}---\n${conflict}` });
    expect(told(one)).toEqual(['create v1/ConfigMap/x/b']);
    expect(one.diagnostics).toMatchObject([
      { level: 'error', file, line: 9, message: expect.stringContaining('merge conflict') },
    ]);
    const both = reviewed({ [file]: conflict }, { [file]: conflict });
    expect(both.diagnostics).toMatchObject([{ level: 'error', line: 1 }]);
  });

  it('fails a merge conflict over several documents, each of them', () => {
    const text = `<<<<<<< HEAD\n${map('a', '1')}---\n${map('b', '1')}=======\n${map('a', '2')}---\n${map('b', '2')}>>>>>>> x\n`;
    const found = reviewed({ [file]: `${map('a', '0')}---\n${map('b', '0')}` }, { [file]: text });
    expect(told(found)).toEqual([]);
    expect(found.diagnostics.map(({ line }) => line)).toEqual([1, 17, 33]);
  });

  it('fails a conflict and broken JSON in Terraform, and reviews the other stacks', () => {
    const stack = (name: string) => `cdktf.out/stacks/${name}/cdk.tf.json`;
    const found = reviewed(
      { [stack('a')]: bucket('EU'), [stack('b')]: bucket('EU'), [stack('c')]: bucket('EU') },
      {
        [stack('a')]: '{\n"resource": {,',
        [stack('b')]: '{\n<<<<<<< HEAD\n"resource": {}\n',
        [stack('c')]: bucket('US'),
      },
    );
    expect(told(found)).toEqual(['replace google_storage_bucket.lake']);
    expect(found.diagnostics).toMatchObject([
      { level: 'error', file: stack('a'), line: 2 },
      { level: 'error', file: stack('b'), line: 2, message: expect.stringContaining('merge conflict') },
    ]);
  });

  it('fails a file of 100 MB without reading it, and takes nothing for deleted that it may hold', () => {
    const started = process.memoryUsage.rss();
    const found = reviewed(
      {
        'all.yaml': map('a', 'one'),
        'cdktf.out/stacks/s/cdk.tf.json': bucket('EU'),
        'b.yaml': map('b', '1'),
      },
      { 'all.yaml': '', 'cdktf.out/stacks/s/cdk.tf.json': '', 'b.yaml': map('b', '2') },
      (path) => {
        for (const big of ['all.yaml', 'cdktf.out/stacks/s/cdk.tf.json'])
          truncateSync(join(path, 'head', big), 100 * 2 ** 20);
      },
    );
    expect(told(found)).toEqual(['update v1/ConfigMap/x/b']);
    expect(found.diagnostics).toMatchObject([
      { level: 'error', file: 'all.yaml', message: expect.stringMatching(/^100 MB are more than/) },
      { level: 'error', file: 'cdktf.out/stacks/s/cdk.tf.json' },
      { level: 'warning', message: expect.stringContaining('no Terraform JSON at all') },
    ]);
    expect(process.memoryUsage.rss() - started).toBeLessThan(60 * 2 ** 20);
  });

  it('warns of an address that stands twice, and judges by the last one, changed or not', () => {
    const base = { [file]: `${map('a', 'one')}---\n${map('a', 'two')}` };
    const warning = {
      level: 'warning',
      file,
      line: 9,
      message: expect.stringContaining('stands here again'),
    };
    const first = reviewed(base, { [file]: `${map('a', 'three')}---\n${map('a', 'two')}` });
    expect(told(first)).toEqual([]);
    expect(first.diagnostics).toMatchObject([warning]);
    const last = reviewed(base, { [file]: `${map('a', 'one')}---\n${map('a', 'three')}` });
    expect(last.changes).toMatchObject([{ action: 'update', paths: [{ before: 'two', after: 'three' }] }]);
    expect(last.diagnostics).toMatchObject([warning]);
  });

  it('warns of a document that is no object, unless there is nothing in it', () => {
    const found = reviewed({}, { 'a.yaml': `# a comment\n---\n---\nreplicas: 3\n---\n${map('a', '1')}` });
    expect(told(found)).toEqual(['create v1/ConfigMap/x/a']);
    expect(found.diagnostics).toMatchObject([
      { level: 'warning', file: '.', message: expect.stringContaining('base holds no output') },
      { level: 'warning', file: 'a.yaml', line: 4, message: expect.stringContaining('no Kubernetes object') },
    ]);
  });

  it('fails an empty head, and a pair of empty folders', () => {
    expect(reviewed({}, {}).diagnostics).toMatchObject([{ level: 'error' }]);
    expect(reviewed({ [file]: map('a', '1') }, {}).diagnostics).toMatchObject([
      { level: 'error', message: expect.stringContaining('the head holds no output') },
    ]);
  });

  it('fails resources in Terraform’s own language, and takes nothing for deleted that they may hold', () => {
    const found = reviewed(
      { 'main.tf.json': bucket('EU') },
      { 'main.tf': 'resource "google_storage_bucket" "lake" {\n}\n' },
    );
    expect(told(found)).toEqual([]);
    expect(found.diagnostics[0]).toMatchObject({ level: 'error', file: 'main.tf', line: 1 });
  });
});
