import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the provider says of one attribute or block. */
export interface AttributeFacts {
  readonly type: 'string' | 'boolean' | 'number' | 'list' | 'set' | 'map';
  /** Whether its elements are blocks. */
  readonly block: boolean;
  readonly required: boolean;
  /** `only`: nobody can set it. `also`: what is not set is chosen by Google, and stays. */
  readonly computed: 'no' | 'only' | 'also';
  /** Whether a change of it replaces the resource. */
  readonly forcesReplacement: boolean;
  readonly sensitive: boolean;
  readonly writeOnly: boolean;
  /** Whether the order of a list does not count, because its hash sorts it. */
  readonly unordered: boolean;
  /** Whether the provider rewrites the value before it keeps it. */
  readonly rewritten: boolean;
  /** Function of the provider that tells which differences are none. */
  readonly suppress: string | undefined;
  /** Value where nothing is set; undefined where there is none. */
  readonly default: unknown;
}

/** What the provider says of a type of resource; paths are dotted, without indexes. */
export type ResourceFacts = ReadonlyMap<string, AttributeFacts>;

const types = {
  s: 'string',
  b: 'boolean',
  n: 'number',
  l: 'list',
  e: 'set',
  m: 'map',
} as const;

const texts = new Map<string, string>();
const known = new Map<string, ResourceFacts | null>();

const files = { google: 'provider-google-6.50.0.json', random: 'provider-random-3.7.2.json' } as const;

/**
 * The provider's own schema of a type: which attributes replace, what is chosen by Google, which differences it hides.
 * Null for a type that is not of this provider, or unknown to it.
 *
 * @see data/provider-google-6.50.0.json, one type in a line, so that a review reads only the lines it needs
 */
export function factsOf(type: string): ResourceFacts | null {
  const found = known.get(type);
  if (found !== undefined) return found;
  const facts = read(type);
  known.set(type, facts);
  return facts;
}

function read(type: string): ResourceFacts | null {
  const file = Object.entries(files).find(([provider]) => type.startsWith(`${provider}_`))?.[1];
  if (file === undefined) return null;
  const text = texts.get(file) ?? readFileSync(dataFile(file), 'utf8');
  texts.set(file, text);
  const key = `\n"${type}":`;
  const at = text.indexOf(key);
  if (at < 0) return null;
  const end = text.indexOf('\n', at + 1);
  const json = text.slice(at + key.length, end).replace(/,$/, '');
  const lines = JSON.parse(json) as Record<string, string>;
  return new Map(Object.entries(lines).map(([path, flags]) => [path, factsFrom(flags)]));
}

/** `sBrf~Suppressor="default"`: type, flags, the function that hides differences, the default. */
function factsFrom(line: string): AttributeFacts {
  const [, letters = '', suppress, fallback] = /^([A-Za-z]+)(?:~([^=]+))?(?:=(.*))?$/s.exec(line) ?? [];
  const flags = letters.slice(1);
  return {
    type: types[letters.charAt(0) as keyof typeof types],
    block: flags.includes('B'),
    required: flags.includes('r'),
    computed: flags.includes('c') ? 'only' : flags.includes('o') ? 'also' : 'no',
    forcesReplacement: flags.includes('f'),
    sensitive: flags.includes('x'),
    writeOnly: flags.includes('w'),
    unordered: flags.includes('u'),
    rewritten: flags.includes('t'),
    suppress,
    default: fallback === undefined ? undefined : (JSON.parse(fallback) as unknown),
  };
}

/** A file of the folder `data` at the root of the package, from the sources as from the built files. */
export function dataFile(name: string): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const path = join(folder, 'data', name);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) throw new Error(`tapline was installed without its file data/${name}`);
  }
}
