import { dump } from 'js-yaml';
import { readPlainYaml } from '../../src/review/input/plain-yaml';
import { splitDocuments } from '../../src/review/input/texts';
import { readInFull, readValue } from '../../src/review/input/read-yaml';
import { kubernetesCorpus } from '../support/kubernetes-corpus';
import { fc } from '../support/property';

/** What the library says; undefined where it says that this is no YAML. */
function inFull(text: string): unknown {
  try {
    return readInFull(text);
  } catch {
    return undefined;
  }
}

/** Nothing is read otherwise than by the library, and nothing is read that it refuses. */
function expectAgreement(text: string): void {
  const plain = readPlainYaml(text, readValue);
  if (plain !== undefined) expect({ text, value: plain }).toEqual({ text, value: inFull(text) });
}

const documents = kubernetesCorpus()
  .flatMap(({ base, head }) => [base, head])
  .flatMap((side) => (typeof side === 'string' ? [side] : Object.values(side)))
  .flatMap((text) => splitDocuments('a.yaml', text).map((document) => document.text));

/** What stands in manifests, and what is most easily misread. */
const scalar = fc.oneof(
  fc.constantFrom(
    'yes',
    'n',
    'null',
    '~',
    '0644',
    '1:30',
    '1_000',
    '1e3',
    '0x1f',
    '- a',
    'a: b',
    'a #b',
    '# c',
  ),
  fc.constantFrom(
    '10Gi',
    '250m',
    '10.0.0.0/8',
    '2026-11-21',
    '|',
    '>-',
    '{}',
    '[]',
    '&a',
    '*a',
    '!x',
    '"q"',
    "it's",
  ),
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('line\nline', 'line\n', '\nline', ' line\n  more\n', 'a\n\nb\n\n', ''),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('list'), tie('mapping')),
  list: fc.array(tie('tree'), { maxLength: 3 }),
  mapping: fc.dictionary(
    fc.oneof(
      fc.constantFrom('name', 'app.kubernetes.io/name', 'on', '1', '- x'),
      fc.string({ maxLength: 6 }),
    ),
    tie('tree'),
    { maxKeys: 4 },
  ),
}));

describe('Plain YAML', () => {
  it('is what most manifests are', () => {
    const text = 'apiVersion: v1\nkind: Service\nspec:\n  ports:\n  - port: 80\n    name: "http"\n  a: []\n';
    expect(readPlainYaml(text, readValue)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      spec: { ports: [{ port: 80, name: 'http' }], a: [] },
    });
    const read = documents.filter((one) => readPlainYaml(one, readValue) !== undefined);
    expect(read.length / documents.length).toBeGreaterThan(0.5);
  });

  it.each([
    ['goes on in the next line', 'a: b\n  c\n'],
    ['has a key twice', 'a: 1\na: 2\n'],
    ['has quotes over two lines', 'a: "b\n  c"\n'],
    ['has a list within a list', 'a:\n- - b\n'],
    ['has a folded text', 'a: >\n  b\n'],
    ['has an anchor', 'a: &b\n  c: d\n'],
    ['is indented by tabs', 'a:\n\tb: c\n'],
  ])('is left to the library where it %s', (_, text) => {
    expect(readPlainYaml(text, readValue)).toBeUndefined();
  });

  it('is read as the library reads it', () => {
    documents.forEach(expectAgreement);
  });

  it('is read as the library reads it, whatever a tool writes', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 2, 4), (value, indent) => {
        expectAgreement(dump(value, { indent: indent || 2, seqNoIndent: indent === 0, lineWidth: 60 }));
      }),
    );
  });

  it('is read as the library reads it after any slip of the keyboard', () => {
    const slip = fc.record({
      document: fc.constantFrom(...documents),
      at: fc.nat(),
      put: fc.constantFrom(
        '',
        ' ',
        '  ',
        '\n',
        '- ',
        ': ',
        ':',
        '#',
        ' #',
        '"',
        "'",
        '{',
        ']',
        '|',
        '>',
        '&',
        '*',
        '!',
        '~',
        '0',
        'y',
      ),
      drop: fc.nat({ max: 3 }),
    });
    fc.assert(
      fc.property(slip, ({ document, at, put, drop }) => {
        const from = at % (document.length + 1);
        expectAgreement(document.slice(0, from) + put + document.slice(from + drop));
      }),
      { numRuns: 600 },
    );
  });
});
