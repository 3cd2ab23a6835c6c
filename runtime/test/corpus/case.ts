import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '../../src/project/yaml';
import { printJson } from '../../src/value/json-print';
import { pythonText } from '../../src/value/python-text';
import { dict, type Dict, isDict, type Value } from '../../src/value/value';

/** The folder of the corpus. */
export const corpusFolder = join(__dirname, '../../corpus');

/** One call of the program in a project. */
export interface Step {
  readonly args: readonly string[];
  readonly shell: Readonly<Record<string, string>>;
  /** Files that are written before it. */
  readonly files: Readonly<Record<string, string>>;
}

/** A small project, and what is run in it. */
export interface Case {
  readonly name: string;
  /** Files of the project, by their path. */
  readonly files: Readonly<Record<string, string>>;
  /** Plugins that are installed: `extractors/tap-a`. */
  readonly installed: readonly string[];
  /** The folder to start in, below the project. */
  readonly cwd: string;
  readonly steps: readonly Step[];
  /** Where this program differs from Meltano on purpose: the entry in docs/meltano-differences.md. */
  readonly differs: string | undefined;
  /** What is not compared, for that reason. */
  readonly skip: readonly string[];
  /** The exit codes that are right here, where they differ. */
  readonly exits: readonly number[] | undefined;
}

/** Every case of the corpus. */
export function loadCases(): Case[] {
  const folder = join(corpusFolder, 'cases');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const value = parseYaml(readFileSync(join(folder, file), 'utf8'), file);
      if (!Array.isArray(value)) throw new Error(`${file} is no list of cases`);
      return value.map((one) => readCase(one, file.replace('.yaml', '')));
    });
}

const kinds = { tap: 'extractors', target: 'loaders', mapper: 'mappers', utility: 'utilities' } as const;
const names = { tap: 'tap-a', target: 'target-b', mapper: 'map-m', utility: 'util-u' } as const;

function readCase(from: Value, area: string): Case {
  if (!isDict(from)) throw new Error(`${area}: a case is no map`);
  const text = (key: string): string | undefined => {
    const value = from.get(key);
    return value === undefined || value === null ? undefined : pythonText(value);
  };
  const known =
    'name yml top tap target mapper utility taps targets utilities mappers dev shell dotenv files sh out discover exit args steps cwd installed differs skip exits';
  const wrong = [...from.keys()].find((key) => !known.split(' ').includes(key));
  if (wrong !== undefined) throw new Error(`${area}: ${text('name') ?? ''}: the key '${wrong}' is unknown`);
  const files: Record<string, string> = {
    'meltano.yml': text('yml') ?? composed(from),
    ...texts(from.get('files')),
  };
  for (const name of ['tap-a', 'tap-b']) {
    files[`bin/${name}.out`] ??= messages;
    files[`bin/${name}.discover`] ??= catalog;
  }
  for (const [key, suffix] of [
    ['sh', 'sh'],
    ['out', 'out'],
    ['discover', 'discover'],
    ['exit', 'exit'],
  ] as const) {
    for (const [name, value] of Object.entries(texts(from.get(key)))) files[`bin/${name}.${suffix}`] = value;
  }
  const dotenv = text('dotenv');
  if (dotenv !== undefined) files['.env'] = dotenv;
  const shell = texts(from.get('shell'));
  const steps = from.get('steps');
  const step = (one: Dict): Step => ({
    args: list(one.get('args')) ?? ['run', 'tap-a', 'target-b'],
    shell: { ...shell, ...texts(one.get('shell')) },
    files: texts(one.get('files')),
  });
  const exits = from.get('exits');
  return {
    name: `${area}: ${text('name') ?? ''}`,
    files,
    installed: list(from.get('installed')) ?? [],
    cwd: text('cwd') ?? '.',
    steps: Array.isArray(steps)
      ? steps.map((one) => step(isDict(one) ? one : dict({})))
      : [step(new Map([['args', from.get('args') ?? null]]))],
    differs: text('differs'),
    skip: list(from.get('skip')) ?? [],
    exits: Array.isArray(exits) ? exits.map(Number) : undefined,
  };
}

/** A meltano.yml of one tap and one target, with what the case says over it. */
function composed(from: Dict): string {
  const plugins: Dict = new Map();
  for (const one of ['tap', 'target', 'mapper', 'utility'] as const) {
    const own = from.get(one);
    const more = from.get({ tap: 'taps', target: 'targets', mapper: 'mappers', utility: 'utilities' }[one]);
    if (own === undefined && (one === 'mapper' || one === 'utility')) {
      if (more !== undefined) plugins.set(kinds[one], more);
      continue;
    }
    const name = names[one];
    const base = dict({ name, namespace: name.replace('-', '_'), executable: `./bin/${name}` });
    if (one === 'tap') base.set('capabilities', ['catalog', 'discover', 'state']);
    const plugin: Dict = new Map([...base, ...(isDict(own) ? own : [])]);
    plugins.set(kinds[one], [withoutNulls(plugin), ...(Array.isArray(more) ? more : [])]);
  }
  const dev = from.get('dev');
  const whole: Dict = new Map<string, Value>([
    ['version', 1],
    ['project_id', '7d0c5a3e-9b1f-4a52-8f0e-000000000001'],
    ['default_environment', 'dev'],
    ['environments', [new Map([['name', 'dev'] as [string, Value], ...(isDict(dev) ? dev : [])])]],
    ['plugins', plugins],
  ]);
  const top = from.get('top');
  for (const [key, value] of isDict(top) ? top : []) {
    if (value === null) whole.delete(key);
    else whole.set(key, value);
  }
  // JSON is YAML.
  // Only pairs of escapes are not YAML's.
  const pair = /\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}/g;
  return `${printJson(whole, 1).replace(pair, (escapes) => JSON.parse(`"${escapes}"`) as string)}\n`;
}

/** A key that is set to null is taken away: `capabilities: null`. */
function withoutNulls(plugin: Dict): Dict {
  return new Map([...plugin].filter(([, value]) => value !== null));
}

function texts(value: Value | undefined): Record<string, string> {
  if (!isDict(value)) return {};
  return Object.fromEntries([...value].map(([key, one]) => [key, pythonText(one)]));
}

function list(value: Value | undefined): string[] | undefined {
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return Array.isArray(value) ? value.map(pythonText) : undefined;
}

const messages = `${[
  '{"type":"SCHEMA","stream":"users","schema":{"properties":{"id":{"type":"integer"}}},"key_properties":["id"]}',
  '{"type":"RECORD","stream":"users","record":{"id":1}}',
  '{"type":"STATE","value":{"bookmarks":{"users":{"id":1}}}}',
].join('\n')}\n`;

const catalog =
  '{"streams":[{"tap_stream_id":"users","stream":"users","schema":{"properties":{"id":{"type":"integer"},"name":{"type":"string"},"address":{"type":"object","properties":{"city":{"type":"string"}}}}},"metadata":[{"breadcrumb":[],"metadata":{"inclusion":"available"}},{"breadcrumb":["properties","id"],"metadata":{"inclusion":"automatic"}},{"breadcrumb":["properties","name"],"metadata":{"inclusion":"available"}}]},{"tap_stream_id":"orders","stream":"orders","schema":{"properties":{"id":{"type":"integer"},"total":{"type":"number"}}},"metadata":[{"breadcrumb":["properties","total"],"metadata":{"inclusion":"unsupported"}}]}]}\n';
