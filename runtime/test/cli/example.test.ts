import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../src/cli/program';
import { remove, temporaryFolder } from '../support/program';

const example = join(__dirname, '../../examples/csv-to-jsonl');

describe('the first job', () => {
  let folder = '';
  beforeEach(() => {
    folder = temporaryFolder();
    cpSync(example, folder, { recursive: true });
  });
  afterEach(() => {
    remove(folder);
  });

  const run = (): Promise<number> =>
    runProgram(['run', '--cwd', folder, 'tap-csv', 'target-jsonl'], {
      env: { PATH: process.env.PATH, HOME: folder },
      cwd: '/',
      isTerminal: false,
      out: () => undefined,
      err: () => undefined,
      ask: undefined,
      onSignal: () => () => undefined,
    });

  it('moves the rows of a CSV file, and then only those that were added', async () => {
    const rows = (): unknown[] =>
      readFileSync(join(folder, 'output/users.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
    expect(await run()).toBe(0);
    expect(rows()).toEqual([
      { id: '1', name: 'Ada', city: 'London' },
      { id: '2', name: 'Grace', city: 'New York' },
      { id: '3', name: 'Katherine', city: 'Hampton' },
    ]);
    appendFileSync(join(folder, 'data/users.csv'), '4,Dorothy,dorothy@example.com,Hampton\n');
    expect(await run()).toBe(0);
    expect(rows()).toHaveLength(4);
    expect(rows()[3]).toEqual({ id: '4', name: 'Dorothy', city: 'Hampton' });
  }, 60_000);

  it('gke-19: reads settings from the file .env of the project, and keeps its bookmark in SQLite unless it is told otherwise', async () => {
    const file = join(folder, 'meltano.yml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^state_backend:\n.*\n/m, ''));
    writeFileSync(join(folder, '.env'), `TARGET_JSONL_DESTINATION_PATH=${join(folder, 'elsewhere')}\n`);
    expect(await run()).toBe(0);
    expect(readFileSync(join(folder, 'elsewhere/users.jsonl'), 'utf8').trim().split('\n')).toHaveLength(3);
    expect(readFileSync(join(folder, '.meltano/meltano.db'), 'latin1')).toMatch(/^SQLite format 3/);
  }, 60_000);
});
