import { stableJson } from '../../stacks/stable-json';

describe('stableJson', () => {
  it('sorts keys and leaves out what is undefined', () => {
    expect(stableJson({ b: 1, a: { d: undefined, c: [undefined, 'x'] } })).toBe(
      '{\n  "a": {\n    "c": [\n      null,\n      "x"\n    ]\n  },\n  "b": 1\n}',
    );
  });

  it('breaks the line in empty lists and objects, as cdktf does', () => {
    expect(stableJson({ a: [], b: {} })).toBe('{\n  "a": [\n  ],\n  "b": {\n  }\n}');
  });
});
