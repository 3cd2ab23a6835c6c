import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Ajv from 'ajv';
import { ConfigDocument, platformSchema, splitEnvironments } from '../../src/config';
import { findPastedSecrets } from '../../src/config/credentials';
import { arbitraryConfig } from '../support/arbitrary-config';
import { fc } from '../support/property';

const root = join(__dirname, '../..');
const schema = JSON.parse(readFileSync(join(root, 'schema/platform.schema.json'), 'utf8')) as SchemaNode;
// Editors are not strict either: patternErrorMessage is theirs.
const validate = new Ajv({ strict: false, allErrors: true, formats: { email: true, date: true } }).compile(
  schema,
);

/** What the schema says against a value, shortly. */
function complaints(value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

interface SchemaNode {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

const examples = readdirSync(join(root, 'examples')).map((name) =>
  join(root, 'examples', name, 'platform.yaml'),
);
const fixtures = readdirSync(join(__dirname, 'fixtures')).map((name) => join(__dirname, 'fixtures', name));

function read(file: string): ConfigDocument {
  return new ConfigDocument(file, readFileSync(file, 'utf8'));
}

/** Whether the form alone is wrong: not a syntax error, a credential, or a rule that no schema can say. */
function isStructural(file: string): boolean {
  const document = read(file);
  if (document.syntaxProblems.length > 0 || findPastedSecrets(document.value).length > 0) return false;
  const { environments, problems } = splitEnvironments(document.value);
  // That null removes something can only be judged beside the rest of the file.
  if (problems.length > 0) return false;
  return environments.some(({ value }) => {
    const parsed = platformSchema.safeParse(value);
    return !parsed.success && parsed.error.issues.some(({ code }) => code !== 'custom');
  });
}

it.each([...examples, ...fixtures.filter((file) => file.endsWith('.ok.yaml'))])('accepts %s', (file) => {
  expect(complaints(read(file).value)).toEqual([]);
});

// What an environment removes or lacks is only missing once it has been laid over the rest.
const onlyTogether = 'environment-removes-what-is-required';
const structural = fixtures.filter(
  (file) => file.endsWith('.error.yaml') && !file.includes(onlyTogether) && isStructural(file),
);

it('has many fixtures whose form is wrong', () => {
  expect(structural.length).toBeGreaterThan(50);
});

it.each(structural)('fails %s', (file) => {
  expect(validate(read(file).value)).toBe(false);
});

it('accepts any valid configuration', () => {
  fc.assert(
    fc.property(arbitraryConfig(), (config) => {
      expect(complaints(config)).toEqual([]);
    }),
  );
});

it('lets an environment say any part, and remove by null, but nothing unknown', () => {
  const base = { version: 1, name: 'acme', google: { project: 'acme-data', region: 'europe-west1' } };
  const withOverlay = (staging: unknown) => validate({ ...base, environments: { staging } });
  expect(withOverlay(null)).toBe(true);
  expect(
    withOverlay({ pipelines: { orders: null }, databases: { main: { diskSizeGb: 20 } }, meltano: null }),
  ).toBe(true);
  expect(withOverlay({ google: { project: 'acme-staging' } })).toBe(true);
  expect(withOverlay({ cluster: { releaseChanel: 'rapid' } })).toBe(false);
  expect(withOverlay({ cluster: { releaseChannel: 'often' } })).toBe(false);
});

it('asks for google.project unless environments may say it', () => {
  const google = { region: 'europe-west1' };
  expect(validate({ version: 1, name: 'acme', google })).toBe(false);
  expect(
    validate({
      version: 1,
      name: 'acme',
      google,
      environments: { staging: { google: { project: 'acme-data' } } },
    }),
  ).toBe(true);
});

it('describes every setting and shows defaults', () => {
  const silent = (node: SchemaNode, path: string): string[] => [
    ...Object.entries(node.properties ?? {}).flatMap(([key, inner]) => [
      ...(inner.description === undefined ? [`${path}.${key}`] : []),
      ...silent(inner, `${path}.${key}`),
    ]),
    ...(typeof node.additionalProperties === 'object'
      ? silent(node.additionalProperties, `${path}.NAME`)
      : []),
    ...(node.items === undefined ? [] : silent(node.items, `${path}[]`)),
    ...(node.anyOf ?? []).flatMap((inner) => silent(inner, path)),
  ];
  const { environments, ...properties } = schema.properties ?? {};
  expect(environments?.description).toMatch('null removes');
  expect(silent({ properties }, '')).toEqual([]);
  expect(schema).toMatchObject({
    properties: { network: { properties: { cidr: { default: '10.40.0.0/16' } } } },
  });
});

it('is what the schemas generate, like the reference, and says so in its first line', async () => {
  const first = (name: string) => readFileSync(join(root, name), 'utf8').split('\n').slice(0, 2).join('');
  expect(first('schema/platform.schema.json')).toMatch('Generated by `npm run docs`');
  expect(first('docs/configuration.md')).toMatch('Generated by `npm run docs`');
  await promisify(execFile)(process.execPath, ['scripts/docs.mjs', '--check'], { cwd: root });
});
