import { ConfigDocument, formatPath } from '../../src/config';
import { nearest } from '../../src/config/nearest';
import { renderProblems } from '../../src/config/render';

const text = `a: 1
map:
  list: [x, "y"]
  1: number
`;

it('knows the line and column of keys, values and entries', () => {
  const document = new ConfigDocument('f.yaml', text);
  expect(document.locate(['a'])).toMatchObject({ line: 1, column: 4, endColumn: 5 });
  expect(document.locate(['a'], 'key')).toMatchObject({ line: 1, column: 1, endColumn: 2 });
  expect(document.locate(['map', 'list', 1])).toMatchObject({ line: 3, column: 13, endColumn: 16 });
  expect(document.locate(['map', '1'])).toMatchObject({ line: 4, column: 6 });
});

it('shows the key above for what is missing', () => {
  const document = new ConfigDocument('f.yaml', text);
  expect(document.locate(['map', 'missing', 'deep'])).toMatchObject({ line: 2, column: 1, endColumn: 4 });
  expect(document.locate(['missing'])).toMatchObject({ line: 1, column: 1 });
});

it('counts lines alike whatever ends them', () => {
  const document = new ConfigDocument('f.yaml', text.replaceAll('\n', '\r\n'));
  expect(document.locate(['map', 'list', 1])).toMatchObject({ line: 3, column: 13 });
});

it('shows two lines before and one after, with their numbers in the file', () => {
  const long = `${'x: 1\n'.repeat(98)}one: 1\ntwo: [x, wrong]\nthree: 3\nfour: 4\n`;
  const document = new ConfigDocument('f.yaml', long);
  const problem = { path: ['two', 1], message: 'no', found: 'wrong', allowed: 'x', fix: 'write x' };
  const rendered = renderProblems(document, [{ problem, range: document.locate(problem.path) }], {
    color: false,
  });
  expect(rendered).toBe(`f.yaml:100:10 error two[1]: no
     98 | x: 1
     99 | one: 1
  > 100 | two: [x, wrong]
        |          ^^^^^
    101 | three: 3
  found    wrong
  allowed  x
  fix      write x

1 problem in f.yaml; nothing was written.`);
});

it('colours its messages only when asked', () => {
  const document = new ConfigDocument('f.yaml', text);
  const problems = [{ problem: { path: ['a'], message: 'no' }, range: document.locate(['a']) }];
  expect(renderProblems(document, problems, { color: false })).not.toContain('\u001b');
  expect(renderProblems(document, problems, { color: true })).toContain('\u001b');
});

it('writes paths as people read them', () => {
  expect(formatPath(['cluster', 'zones', 0])).toBe('cluster.zones[0]');
  expect(formatPath(['labels', 'a.b'])).toBe('labels["a.b"]');
});

it('names the nearest, and none where none is near', () => {
  expect(nearest('releaseChanel', ['zones', 'releaseChannel'])).toBe('releaseChannel');
  expect(nearest('vanilla', ['zones', 'releaseChannel'])).toBeUndefined();
});
