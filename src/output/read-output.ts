import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { parseManifests } from '../config';
import { InputError } from './entry';
import type { OutputDocument } from './synthesized';

/** An output folder that was read: that of an environment, or one of somebody else. */
export interface ReadOutput {
  /** The environment, by the name of its folder; null where the output has none. */
  readonly environment: string | null;
  readonly documents: readonly OutputDocument[];
  /** The line that asks for an address of a unit, where a `tapline.map.json` says it. */
  readonly locate: (unit: string, address: string) => { file: string; line: number } | undefined;
}

type Sources = Readonly<Record<string, { readonly file: string; readonly line: number }>>;

/**
 * Reads Terraform JSON and manifests from a folder, ours or anybody's. Where it holds a folder for each environment,
 * each is an output of its own.
 * @throws InputError where there is nothing to read, or a file is broken
 */
export function readOutputs(folder: string): ReadOutput[] {
  if (!existsSync(folder)) throw new InputError(`There is no folder ${folder}.`);
  const files = filesBelow(folder);
  const environments = new Set(
    files.flatMap((file) => /^([^/]+)\/(?:cdktf\.out|dist)\//.exec(file)?.[1] ?? []),
  );
  const outputs =
    environments.size === 0
      ? [readOne(folder, '', files, null)]
      : [...environments].map((name) => {
          const own = files.filter((file) => file.startsWith(`${name}/`));
          return readOne(folder, `${name}/`, own, name);
        });
  if (outputs.every(({ documents }) => documents.length === 0)) {
    throw new InputError(
      `${folder} holds no Terraform JSON (*.tf.json) and no manifests (*.yaml). Name a folder that tapline synth wrote.`,
    );
  }
  return outputs;
}

function readOne(
  folder: string,
  prefix: string,
  files: readonly string[],
  environment: string | null,
): ReadOutput {
  const maps = new Map<string, Sources>();
  const documents: OutputDocument[] = [];
  for (const file of files) {
    const path = join(folder, file);
    const unit = dirname(file.slice(prefix.length));
    if (file.endsWith('/tapline.map.json')) {
      const map = parse(path, JSON.parse) as { sources?: Sources };
      if (map.sources !== undefined) maps.set(unit, map.sources);
    } else if (file.endsWith('.tf.json')) {
      documents.push({ unit, file, value: parse(path, JSON.parse) });
    } else if (/\.ya?ml$/.test(file)) {
      const values = parse(path, parseManifests) as unknown[];
      documents.push(...values.map((value) => ({ unit, file, value })));
    }
  }
  return { environment, documents, locate: (unit, address) => maps.get(unit)?.[address] };
}

function parse(path: string, parser: (text: string) => unknown): unknown {
  try {
    return parser(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** Every file, with `/` between folders, sorted; what tools put aside for themselves is left out. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !/(^|\/)(node_modules|\.[^/]+)\//.test(file))
    .sort();
}
