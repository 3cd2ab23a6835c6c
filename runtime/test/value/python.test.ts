import { fnmatch } from '../../src/value/fnmatch';
import { parsePythonLiteral } from '../../src/value/python-literal';
import { floatText, pythonText } from '../../src/value/python-text';
import { dict, Float } from '../../src/value/value';

describe('Python', () => {
  it.each([
    [1, '1.0'],
    [1.5, '1.5'],
    [1e16, '1e+16'],
    [1e15, '1000000000000000.0'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [1e22, '1e+22'],
    [123456789.125, '123456789.125'],
  ])('writes the float %d as %s', (value, text) => {
    expect(floatText(value)).toBe(text);
  });

  it('writes values as str() does', () => {
    expect(pythonText(dict({ a: [1, true, null, 'x', "it's", new Float(2)], b: dict({}) }))).toBe(
      `{'a': [1, True, None, 'x', "it's", 2.0], 'b': {}}`,
    );
    expect(pythonText('plain')).toBe('plain');
  });

  it('reads literals that are no JSON', () => {
    expect(parsePythonLiteral("['a.*', '!b.*']")).toEqual(['a.*', '!b.*']);
    expect(parsePythonLiteral(`{'k': (1, 2.5, None), "q": True}`)).toEqual(
      dict({ k: [1, new Float(2.5), null], q: true }),
    );
    expect(parsePythonLiteral("('one')")).toBe('one');
    expect(parsePythonLiteral("('one',)")).toEqual(['one']);
    expect(parsePythonLiteral("'a\\n' 'b'")).toBe('a\nb');
  });

  it.each(['a, b', 'f(1)', '[1', '{1: 2}', "'open", 'lambda: 1', ''])(
    'fails to read %s as a literal',
    (text) => {
      expect(parsePythonLiteral(text)).toBeUndefined();
    },
  );

  it.each([
    ['users', 'u*', true],
    ['a.b.c', 'a.*', true],
    ['users', 'user?', true],
    ['users', '[tu]sers', true],
    ['users', '[!u]sers', false],
    ['a]b', 'a[]]b', true],
    ['a-b', 'a[a-]b', true],
    ['[x', '[x', true],
    ['Users', 'users', false],
    ['a+b', 'a+b', true],
    ['a\nb', 'a*b', true],
    ['x', '[z-a]', false],
    ['x', '[!z-a]', true],
  ])('matches %j by %j: %s', (name, pattern, matches) => {
    expect(fnmatch(name, pattern)).toBe(matches);
  });
});
