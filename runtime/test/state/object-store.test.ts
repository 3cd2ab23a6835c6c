import { StoreAway } from '../../src/state/away';
import { parseLease, thisHolder } from '../../src/state/holder';
import { ObjectChanged, type ObjectStorage, type StoredObject } from '../../src/state/object-storage';
import { ObjectStore } from '../../src/state/object-store';
import { applyState, noState } from '../../src/state/store';
import { parseJson } from '../../src/value/json-parse';

const id = 'dev:tap-a-to-target-b';
const stateKey = `p/${id}/state.json`;
const leaseKey = `p/${id}/lease.json`;
const stateOf = (n: number) => applyState(noState, parseJson(`{"n": ${n}}`), false);

/** An object store in memory; answers can be lost, and the age of objects can be told. */
class Memory implements ObjectStorage {
  readonly label = 'memory';
  mayIgnoreVersions = false;
  heedsVersions = true;
  readonly objects = new Map<string, StoredObject>();
  /** Keys whose next write is done, and its answer lost. */
  readonly mute = new Set<string>();
  private count = 0;

  constructor(readonly versionsAreContents: boolean) {}

  get(key: string): Promise<StoredObject | undefined> {
    return Promise.resolve(this.objects.get(key));
  }

  put(key: string, text: string, over: string | undefined): Promise<string> {
    if (this.heedsVersions && this.objects.get(key)?.version !== over)
      return Promise.reject(new ObjectChanged(key));
    this.count += 1;
    const version = this.versionsAreContents ? text : String(this.count);
    this.objects.set(key, { text, version, ageSeconds: 0 });
    if (this.mute.delete(key)) return Promise.reject(new StoreAway('memory', new Error('no answer')));
    return Promise.resolve(version);
  }

  remove(key: string): Promise<void> {
    this.objects.delete(key);
    return Promise.resolve();
  }

  list(prefix: string): Promise<string[]> {
    return Promise.resolve([...this.objects.keys()].filter((key) => key.startsWith(prefix)));
  }

  close(): void {
    // Nothing is open.
  }

  age(key: string, ageSeconds: number): void {
    const object = this.objects.get(key);
    if (object) this.objects.set(key, { ...object, ageSeconds });
  }
}

describe.each([
  ['versions of their own', false],
  ['versions that are contents', true],
])('states in objects with %s', (_, versionsAreContents) => {
  let memory: Memory;
  let store: ObjectStore;
  beforeEach(() => {
    memory = new Memory(versionsAreContents);
    store = new ObjectStore(memory, { prefix: 'p/', lockTimeoutSeconds: 10 });
  });
  const take = (run: string, force = false, elsewhere = false) =>
    store.acquire(id, { ...thisHolder(run), ...(elsewhere ? { space: 'another' } : {}) }, { force });

  it('have one holder, and a token that grows', async () => {
    const first = await take('run-1');
    await first.write(stateOf(1));
    await expect(take('run-2')).rejects.toThrow(/another run of .* is going on: run run-1/);
    await first.release({ success: true });
    const second = await take('run-2');
    expect(second.state).toEqual(stateOf(1));
    expect(second.token).toBeGreaterThan(first.token);
    expect(await store.list('dev:*')).toEqual([id]);
  });

  it('are not for one who sleeps while another takes the lease over, whatever the other wrote', async () => {
    const first = await take('run-1');
    await first.write(stateOf(1));
    const second = await take('run-2', true);
    // The same as it was: a version that is a digest would be the one that the first knows.
    await second.write(stateOf(1));
    await expect(first.write(stateOf(9))).rejects.toThrow(/taken by another run/);
    await expect(first.renew()).rejects.toThrow(/taken by another run/);
    await first.release({ success: false });
    expect(await store.get(id)).toEqual(stateOf(1));
    await second.write(stateOf(2));
    expect(await store.get(id)).toEqual(stateOf(2));
  });

  it('are not for one who sleeps before anything was ever written', async () => {
    const first = await take('run-1');
    await take('run-2', true);
    await expect(first.write(stateOf(9))).rejects.toThrow(/taken by another run/);
  });

  it('go on when the answer to a write was lost', async () => {
    memory.mute.add(leaseKey);
    await expect(take('run-1')).rejects.toThrow(StoreAway);
    memory.objects.clear();
    const lease = await take('run-1');
    await lease.write(stateOf(1));
    memory.mute.add(stateKey);
    await expect(lease.write(stateOf(2))).rejects.toThrow(StoreAway);
    await lease.write(stateOf(3));
    expect(await store.get(id)).toEqual(stateOf(3));
    memory.mute.add(leaseKey);
    await expect(lease.renew()).rejects.toThrow(StoreAway);
    await lease.renew();
  });

  it('fail to be written over what another program wrote', async () => {
    const lease = await take('run-1');
    await lease.write(stateOf(1));
    memory.objects.set(stateKey, { text: '{"completed": {}}', version: 'other', ageSeconds: 0 });
    await expect(lease.write(stateOf(2))).rejects.toThrow(/changed by another program/);
  });

  it('are free when a lease of another machine is old by the clock of the store', async () => {
    await take('run-1', false, true);
    memory.age(leaseKey, 59);
    await expect(take('run-2')).rejects.toThrow(/another run/);
    memory.age(leaseKey, 61);
    expect((await take('run-2')).token).toBe(2);
  });

  it('are free when the holder died on this machine, but not when its process cannot be seen', async () => {
    const dead = { ...thisHolder('run-1'), startedAt: '1' };
    await store.acquire(id, { ...dead, space: 'another' }, { force: false });
    await expect(take('run-2')).rejects.toThrow(/another run/);
    memory.objects.clear();
    await store.acquire(id, dead, { force: false });
    expect((await take('run-2')).token).toBe(2);
  });

  it('keep the lease as one that has ended', async () => {
    const lease = await take('run-1');
    await lease.clear();
    await lease.release({ success: true });
    expect(parseLease(memory.objects.get(leaseKey)!.text)).toMatchObject({ until: 0, token: 1 });
    expect(await store.get(id)).toBeUndefined();
  });

  it('fail in a store that ignores the version of a write', async () => {
    memory.mayIgnoreVersions = true;
    await (await take('run-1')).release({ success: true });
    memory.heedsVersions = false;
    await expect(take('run-2')).rejects.toThrow(/ignores If-None-Match/);
  });

  it('fail for ids that leave the folder', async () => {
    await expect(store.get('../x')).rejects.toThrow("'../x' is no state id");
  });
});
