import fc from 'fast-check';
import { JsonError, parseJson } from '../../src/value/json-parse';
import { printCompactJson, printJson } from '../../src/value/json-print';
import { Float, isEqual } from '../../src/value/value';

describe('JSON as Python reads and writes it', () => {
  it('keeps integers and floats apart, at any size', () => {
    const text =
      '{"a": 5, "b": 5.0, "c": 12345678901234567890, "d": 1e+16, "e": 1e-05, "f": -0.0, "g": 100000.0}';
    expect(printJson(parseJson(text))).toBe(text);
  });

  it('keeps the order of keys that look like numbers', () => {
    expect(printJson(parseJson('{"b": 1, "2": 2, "1": 3}'))).toBe('{"b": 1, "2": 2, "1": 3}');
  });

  it('escapes everything beyond ASCII', () => {
    expect(printJson('ü😀\u007f\n"')).toBe('"\\u00fc\\ud83d\\ude00\u007f\\n\\""');
  });

  it('indents as json.dumps does, empty ones in one line', () => {
    expect(printJson(parseJson('{"a":[1,{}],"b":[]}'), 2)).toBe(
      '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}',
    );
  });

  it('takes the last of two equal keys, and NaN', () => {
    expect(printCompactJson(parseJson('{"a": 1, "a": NaN}'))).toBe('{"a":NaN}');
  });

  it('fails where the text is no JSON, and says where', () => {
    expect(() => parseJson('{"a": 1,\n "b"}')).toThrow(new JsonError("line 2, character 14: ':' is missing"));
    for (const text of [
      '',
      '{',
      '[1,]',
      '{"a":1,}',
      '"a',
      '01',
      '1 2',
      '{a:1}',
      "'a'",
      '"\t"',
      '"\\x"',
      'nul',
      '[1 2]',
    ]) {
      expect(() => parseJson(text)).toThrow(JsonError);
    }
  });

  it('reads what it writes', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: 'small' }, tie('leaf'), fc.array(tie('any')), tie('map')),
      map: fc.array(fc.tuple(fc.string(), tie('any'))).map((entries) => new Map(entries)),
      leaf: fc.oneof(
        fc.constantFrom(null, true, false),
        fc.integer(),
        fc.bigInt().map((n) => (Number.isSafeInteger(Number(n)) ? Number(n) : n)),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => new Float(n)),
        fc.string({ unit: 'binary' }),
      ),
    })).any as fc.Arbitrary<Parameters<typeof printJson>[0]>;
    fc.assert(
      fc.property(value, (one) => {
        for (const text of [printJson(one), printJson(one, 2), printCompactJson(one)]) {
          expect(isEqual(parseJson(text), one)).toBe(true);
          expect(printJson(parseJson(text))).toBe(printJson(one));
        }
      }),
      { numRuns: 50 },
    );
  });
});
