import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCases } from './case';
import { comparable } from './compare';
import { readLabels } from './labels';
import { runNative } from './native';

const all = loadCases();
/** Every eleventh; all of them are in `npm run conformance -- meltano-corpus`. */
const cases = all.filter((_, i) => i % 11 === 0);
const labels = readLabels();

/** How many projects run at a time. */
const atOnce = 4;

type Outcome = Awaited<ReturnType<typeof runNative>>;

describe('projects that the real Meltano has run', () => {
  const outcomes = new Map<string, Outcome>();
  let folder = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tapline-corpus-'));
    const left = cases.map((one, i) => ({ one, root: join(folder, String(i)) }));
    const worker = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift())
        outcomes.set(next.one.name, await runNative(next.one, next.root));
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }, 600_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are at least 150, each with a name of its own', () => {
    expect(all.length).toBeGreaterThanOrEqual(150);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.filter(({ name }) => labels.cases[name] === undefined)).toEqual([]);
  });

  it.each(cases.map((one) => [one.name, one] as const))('%s', (name, one) => {
    const label = labels.cases[name];
    const outcome = outcomes.get(name);
    if (!label || !outcome)
      throw new Error('it has no label: write it by node conformance/meltano-corpus.mjs --label');
    expect(comparable(one, outcome.record)).toEqual(comparable(one, label));
    if (one.exits) expect(outcome.record.steps.map((step) => step.exit)).toEqual(one.exits);
    for (const file of outcome.results) expectNative(file);
  });
});

/** Nothing is handed to another engine behind one's back. */
function expectNative(file: string): void {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return;
  }
  expect(JSON.parse(text)).toMatchObject({ engine: 'native' });
}
