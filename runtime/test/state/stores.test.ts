import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../src/problem';
import { DatabaseStore } from '../../src/state/database-store';
import { FileStore } from '../../src/state/file-store';
import { thisHolder } from '../../src/state/holder';
import { SqliteDatabase } from '../../src/state/sqlite-database';
import { applyState, currentState, noState, type StateStore } from '../../src/state/store';
import { parseJson } from '../../src/value/json-parse';
import { dict } from '../../src/value/value';

const id = 'dev:tap-a-to-target-b';
const one = applyState(noState, parseJson('{"b": 1.0}'), false);
const two = applyState(noState, parseJson('{"b": 2}'), false);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapline-store-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const makers: [string, () => Promise<StateStore>][] = [
  ['files', () => Promise.resolve(new FileStore(join(folder, 'states'), 10))],
  [
    'the system database',
    async () => DatabaseStore.open(await SqliteDatabase.open(join(folder, 'meltano.db'))),
  ],
];

describe.each(makers)('a state in %s', (_, open) => {
  it('is what was written last, exactly', async () => {
    const store = await open();
    const lease = await store.acquire(id, thisHolder('run-1'), { force: false });
    expect(lease.state).toBeUndefined();
    await lease.write(two);
    await lease.write(one);
    await lease.release({ success: true });
    expect(await store.get(id)).toEqual(one);
    expect(await store.list(undefined)).toEqual([id]);
    expect(await store.list('prod:*')).toEqual([]);
    expect(await store.list('dev:*')).toEqual([id]);
    await store.close();
  });

  it('fails to be taken twice, and says who holds it', async () => {
    const store = await open();
    await store.acquire(id, thisHolder('run-1'), { force: false });
    await expect(store.acquire(id, thisHolder('run-2'), { force: false })).rejects.toThrow(
      new RegExp(`another run of '${id}' is going on: run run-1, process ${process.pid} on`),
    );
    await store.close();
  });

  it('is free again when its holder gave it back', async () => {
    const store = await open();
    const first = await store.acquire(id, thisHolder('run-1'), { force: false });
    await first.write(one);
    await first.release({ success: false, error: 'why' });
    const second = await store.acquire(id, thisHolder('run-2'), { force: false });
    expect(second.state).toEqual(one);
    await store.close();
  });

  it('is free again when its holder is dead', async () => {
    const store = await open();
    await store.acquire(id, { ...thisHolder('run-1'), startedAt: '1' }, { force: false });
    const second = await store.acquire(id, thisHolder('run-2'), { force: false });
    await second.write(two);
    expect(await store.get(id)).toEqual(two);
    await store.close();
  });

  it('fails to be written by one whose lease was taken away', async () => {
    const store = await open();
    const first = await store.acquire(id, thisHolder('run-1'), { force: false });
    await first.write(one);
    const second = await store.acquire(id, thisHolder('run-2'), { force: true });
    await expect(first.write(two)).rejects.toThrow(Problem);
    await expect(first.renew()).rejects.toThrow(Problem);
    await first.release({ success: false });
    expect(await store.get(id)).toEqual(one);
    await second.write(two);
    expect(await store.get(id)).toEqual(two);
    await store.close();
  });

  it('goes when it is cleared', async () => {
    const store = await open();
    const lease = await store.acquire(id, thisHolder('run-1'), { force: false });
    await lease.write(one);
    await lease.clear();
    await lease.release({ success: true });
    expect(await store.get(id)).toBeUndefined();
    expect(await store.list(undefined)).toEqual([]);
    await store.close();
  });
});

describe('files', () => {
  it("have Meltano's layout", async () => {
    const store = new FileStore(folder, 10);
    const lease = await store.acquire(id, thisHolder('run-1'), { force: false });
    await lease.write(one);
    await lease.release({ success: true });
    expect(readFileSync(join(folder, id, 'state.json'), 'utf8')).toBe(
      '{"completed": {"singer_state": {"b": 1.0}}, "partial": {}}',
    );
    expect(existsSync(join(folder, id, 'lock'))).toBe(false);
  });

  it('wait for a lock of Meltano, and remove one that is too old', async () => {
    const store = new FileStore(folder, 10);
    mkdirSync(join(folder, id));
    writeFileSync(join(folder, id, 'lock'), '1');
    const waiting = store.acquire(id, thisHolder('run-1'), { force: false });
    const first = await Promise.race([
      waiting,
      new Promise((done) => setTimeout(done, 100, 'still waiting')),
    ]);
    expect(first).toBe('still waiting');
    utimesSync(join(folder, id, 'lock'), 1, 1);
    await (await waiting).write(one);
    expect(await store.get(id)).toEqual(one);
  });

  it('fail for ids that leave the folder', async () => {
    await expect(new FileStore(folder, 10).get('../x')).rejects.toThrow("'../x' is no state id");
  });

  it('fail where the state is broken', async () => {
    mkdirSync(join(folder, id));
    writeFileSync(join(folder, id, 'state.json'), '{"completed": 5}');
    await expect(new FileStore(folder, 10).get(id)).rejects.toThrow(/cannot be read: it is no map/);
  });
});

describe('states that are merged', () => {
  it('keep what was completed, and lay the partial one over it', () => {
    const completed = applyState(noState, parseJson('{"bookmarks": {"a": 1, "b": {"x": 1}}}'), false);
    const merged = applyState(completed, parseJson('{"bookmarks": {"b": {"y": 2}, "a": {"z": 3}}}'), true);
    expect(merged.completed).toEqual(completed.completed);
    expect(currentState(merged)).toEqual(parseJson('{"bookmarks": {"a": {"z": 3}, "b": {"x": 1, "y": 2}}}'));
    expect(applyState(merged, parseJson('{"n": 1}'), false).partial).toEqual(dict({}));
  });
});
