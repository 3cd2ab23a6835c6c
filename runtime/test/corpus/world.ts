import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'libsql';
import type { Case } from './case';

const probe = readFileSync(join(__dirname, 'probe.sh'), 'utf8');

/** How a plugin was started. */
export interface Started {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly config?: string;
  readonly catalog?: string;
  readonly properties?: string;
  readonly state?: string;
  readonly stdin?: string;
}

/** What one call of the program did. */
export interface StepRecord {
  readonly exit: number;
  readonly started: readonly Started[];
}

/** What a case did. */
export interface CaseRecord {
  readonly steps: readonly StepRecord[];
  /** The states that are stored in the end: files, and rows of the system database. */
  readonly states: Readonly<Record<string, string>>;
  /** The runs that the system database knows, and how they ended. */
  readonly runs: readonly string[];
  /** The catalogs and cache keys that are kept. */
  readonly kept: Readonly<Record<string, string>>;
}

/** Lays a case's project out in an empty folder. */
export function layOut(one: Case, root: string): void {
  mkdirSync(join(root, 'dumps'), { recursive: true });
  mkdirSync(join(root, 'home'), { recursive: true });
  mkdirSync(join(root, one.cwd), { recursive: true });
  writeFiles(root, one.files);
  writeFiles(root, { 'bin/.probe': probe });
  const roles = {
    'tap-a': 'extractors',
    'tap-b': 'extractors',
    'target-b': 'loaders',
    'target-c': 'loaders',
    'map-m': 'mappers',
    'map-n': 'mappers',
    'util-u': 'utilities',
    'util-v': 'utilities',
  };
  for (const [name, role] of Object.entries(roles)) writeProbe(root, `bin/${name}`, name, role);
  for (const path of one.installed) {
    const [kind = '', folder = '', executable = folder] = path.split('/');
    const environment = `.meltano/${kind}/${folder}/venv`;
    writeProbe(root, `${environment}/bin/${executable}`, executable, kind);
    writeProbe(root, `${environment}/bin/python`, 'python', 'utilities');
  }
}

/** Writes files below a folder; `$ROOT` in them is the folder. */
export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text.replaceAll('$ROOT/', `${root}/`));
  }
}

/** The variables that a case is run with. */
export function shellOf(one: Case, root: string, step: number): Record<string, string> {
  const own = Object.entries(one.steps[step]?.shell ?? {}).map(([key, value]): [string, string] => [
    key,
    value.replaceAll('$ROOT/', `${root}/`),
  ]);
  return {
    PATH: '/usr/bin:/bin',
    HOME: `${root}/home`,
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    MELTANO_SEND_ANONYMOUS_USAGE_STATS: 'false',
    MELTANO_CLI_DISABLE_VERSION_CHECK: 'true',
    // Nobody listens there: a look-up fails at once.
    MELTANO_HUB_URL: 'http://127.0.0.1:9',
    ...Object.fromEntries(own),
  };
}

/** Reads what the probes of one step wrote down, and clears it. */
export function takeStep(root: string, exit: number): StepRecord {
  const folder = join(root, 'dumps');
  const started = readdirSync(folder)
    .sort((a, b) => Number(a) - Number(b))
    .map((name) => readDump(root, join(folder, name)));
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  return { exit, started };
}

/** Reads what is stored when everything has run. */
export function takeRecord(root: string, steps: readonly StepRecord[]): CaseRecord {
  const clean = (text: string): string => normalize(root, text);
  const states: Record<string, string> = {};
  const runs: string[] = [];
  const database = join(root, '.meltano/meltano.db');
  if (existsSync(database)) {
    const open = new Sqlite(database);
    try {
      for (const row of rows(open, 'SELECT state_id, completed_state, partial_state FROM state')) {
        states[`database ${String(row.state_id)}`] = clean(
          `${String(row.completed_state)} | ${String(row.partial_state)}`,
        );
      }
      for (const row of rows(open, 'SELECT job_name, state, payload_flags FROM runs ORDER BY id')) {
        runs.push(`${String(row.job_name)} ${String(row.state)} ${String(row.payload_flags)}`);
      }
    } finally {
      open.close();
    }
  }
  const kept: Record<string, string> = {};
  for (const path of filesBelow(root)) {
    if (/^states\/.*state\.json$/.test(path)) states[path] = clean(readFileSync(join(root, path), 'utf8'));
    if (/^\.meltano\/run\/.*tap\.properties\.(json|cache_key)$/.test(path)) {
      kept[path] = clean(readFileSync(join(root, path), 'utf8'));
    }
  }
  return { steps, states, runs, kept };
}

/** A text without what differs from folder to folder and from call to call. */
export function normalize(root: string, text: string): string {
  return text
    .replaceAll(root, '$ROOT')
    .replace(
      /\$ROOT\/[^\s"]*\/run\/[^/\s"]+\/(tap|target|mapper)\.[0-9a-f-]{36}\.config\.json/g,
      '$CONFIG.$1',
    )
    .replace(/\S*\/tapline-run-[0-9a-f-]{36}\/\d+\.(tap|target|mapper)\.config\.json/g, '$CONFIG.$1')
    .replace(/\S*\/tapline-run-[0-9a-f-]{36}\/state\.json/g, '$STATE')
    .replace(/\$ROOT\/\.meltano\/run\/[^/\s"]+\/state\.json/g, '$STATE');
}

function readDump(root: string, folder: string): Started {
  const read = (name: string): string | undefined =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : undefined;
  const clean = (text: string): string => normalize(root, text);
  const parts = (text: string | undefined): string[] => (text ?? '').split('\0').slice(0, -1).map(clean);
  const env = parts(read('env')).map(
    (entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)] as const,
  );
  const optional = ['config', 'catalog', 'properties', 'state', 'stdin']
    .map((name) => [name, read(name)] as const)
    .flatMap(([name, text]) => (text === undefined ? [] : [[name, clean(text)] as const]));
  return {
    name: read('name') ?? '',
    args: parts(read('argv')),
    cwd: clean((read('cwd') ?? '').trim()),
    env: Object.fromEntries(env.filter(([name]) => !noise.has(name)).sort(([a], [b]) => (a < b ? -1 : 1))),
    ...Object.fromEntries(optional),
  };
}

/** Variables of a process that say nothing about the project. */
const noise = new Set(['PWD', 'OLDPWD', 'SHLVL', '_', 'LC_CTYPE', 'MELTANO_PARENT_CONTEXT_UUID']);

function writeProbe(root: string, path: string, name: string, role: string): void {
  writeFiles(root, {
    [path]: `#!/bin/sh\nROOT='${root}' NAME='${name}' ROLE='${role}'\n. "$ROOT/bin/.probe"\n`,
  });
  chmodSync(join(root, path), 0o755);
}

function rows(database: Sqlite.Database, query: string): Record<string, unknown>[] {
  try {
    return database.prepare(query).all() as Record<string, unknown>[];
  } catch {
    return [];
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
