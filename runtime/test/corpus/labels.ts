import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusFolder } from './case';
import { TextTable } from './texts';
import type { CaseRecord, Started } from './world';

const file = join(corpusFolder, 'labels.json');

/** What the real Meltano did with every case. */
export interface Labels {
  /** The version of Meltano. */
  readonly meltano: string;
  /** When it was asked. */
  readonly date: string;
  /** Variables that nearly every plugin sees; a process only lists what differs. */
  readonly common: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, CaseRecord>>;
}

/** Reads the labels, environments whole. */
export function readLabels(): Labels {
  if (!existsSync(file)) return { meltano: '', date: '', common: {}, cases: {} };
  const labels = JSON.parse(readFileSync(file, 'utf8')) as Labels & { texts: readonly string[] };
  const cases = new TextTable(labels.texts).restore(labels.cases) as Labels['cases'];
  return { ...labels, cases: mapCases(cases, (env) => restore(env, labels.common)) };
}

/** Writes the labels, one case a line. */
export function writeLabels(labels: Labels): void {
  const common = commonOf(Object.values(labels.cases));
  const cases = Object.entries(mapCases(labels.cases, (env) => reduce(env, common))).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const table = new TextTable();
  const lines = cases.map(
    ([name, record]) => `${JSON.stringify(name)}: ${JSON.stringify(table.shorten(record))}`,
  );
  const texts = table.texts.map((text) => JSON.stringify(text)).join(',\n');
  const head = `"meltano": ${JSON.stringify(labels.meltano)},\n"date": ${JSON.stringify(labels.date)},\n"common": ${JSON.stringify(common)},\n"texts": [\n${texts}\n]`;
  writeFileSync(file, `{\n${head},\n"cases": {\n${lines.join(',\n')}\n}\n}\n`);
}

type Env = Readonly<Record<string, string>>;

function mapCases(cases: Labels['cases'], change: (env: Env) => Env): Record<string, CaseRecord> {
  const started = (one: Started): Started => ({ ...one, env: change(one.env) });
  return Object.fromEntries(
    Object.entries(cases).map(([name, record]) => [
      name,
      { ...record, steps: record.steps.map((step) => ({ ...step, started: step.started.map(started) })) },
    ]),
  );
}

function commonOf(records: readonly CaseRecord[]): Record<string, string> {
  const processes = records.flatMap((record) => record.steps.flatMap((step) => step.started));
  const counts = new Map<string, number>();
  for (const { env } of processes) {
    for (const entry of Object.entries(env))
      counts.set(JSON.stringify(entry), (counts.get(JSON.stringify(entry)) ?? 0) + 1);
  }
  const often = [...counts]
    .filter(([, count]) => count > processes.length * 0.6)
    .map(([entry]) => JSON.parse(entry) as [string, string]);
  return Object.fromEntries(often.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A common variable that is not there is written as `-NAME`. */
function reduce(env: Env, common: Env): Env {
  const own = Object.entries(env).filter(([name, value]) => common[name] !== value);
  const gone = Object.keys(common).filter((name) => env[name] === undefined);
  return Object.fromEntries([...own, ...gone.map((name) => [`-${name}`, ''] as const)]);
}

function restore(env: Env, common: Env): Env {
  const gone = new Set(
    Object.keys(env)
      .filter((name) => name.startsWith('-'))
      .map((name) => name.slice(1)),
  );
  const all = { ...common, ...env };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith('-') && !gone.has(name)));
}
