import { renderSourceMaps } from '../../src/output';

const locator = {
  file: 'platform.yaml',
  locate: (path: readonly (string | number)[]) => ({
    line: path.length * 10,
    column: 1,
    endColumn: 2,
    lastLine: path.length * 10,
  }),
};

test('there is one map a unit, sorted by address, with the line that asks for each', () => {
  const [foundation, data] = renderSourceMaps(
    [
      { unit: 'stacks/foundation', address: 'google_b.x', construct: 'foundation/b', origin: ['b'] },
      { unit: 'stacks/data', address: 'google_c.x', construct: 'data/c', origin: ['databases', 'main'] },
      { unit: 'stacks/foundation', address: 'google_a.x', construct: 'foundation/a', origin: ['a'] },
    ],
    locator,
  );
  expect(foundation?.path).toBe('stacks/foundation/tapline.map.json');
  expect(Object.entries(JSON.parse(foundation?.content ?? '').sources as object)).toEqual([
    ['google_a.x', { construct: 'foundation/a', file: 'platform.yaml', line: 10 }],
    ['google_b.x', { construct: 'foundation/b', file: 'platform.yaml', line: 10 }],
  ]);
  expect(JSON.parse(data?.content ?? '')).toEqual({
    version: 1,
    sources: { 'google_c.x': { construct: 'data/c', file: 'platform.yaml', line: 20 } },
  });
});
