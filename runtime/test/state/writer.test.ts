import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../src/problem';
import { StoreAway } from '../../src/state/away';
import { currentState, type Lease, type StoredState } from '../../src/state/store';
import { StateWriter } from '../../src/state/writer';
import { parseJson } from '../../src/value/json-parse';
import { printCompactJson } from '../../src/value/json-print';

function leaseThat(write: (state: StoredState) => Promise<void>): Lease {
  const nothing = (): Promise<void> => Promise.resolve();
  return { state: undefined, token: 1, write, renew: nothing, clear: nothing, release: nothing };
}

function writerFor(
  lease: Lease,
  merging = false,
  intervalMs = 50,
): { writer: StateWriter; warnings: string[]; failures: unknown[] } {
  const warnings: string[] = [];
  const failures: unknown[] = [];
  const writer = new StateWriter(lease, {
    merging,
    intervalMs,
    warn: (message) => warnings.push(message),
    onFailure: (error) => failures.push(error),
  });
  return { writer, warnings, failures };
}

describe('the writer of states', () => {
  it('never keeps the target waiting, and writes the last state in the end', async () => {
    const written: string[] = [];
    let atOnce = 0;
    const { writer } = writerFor(
      leaseThat(async (state) => {
        atOnce += 1;
        expect(atOnce).toBe(1);
        await sleep(50);
        atOnce -= 1;
        written.push(printCompactJson(currentState(state)));
      }),
    );
    const started = performance.now();
    for (let i = 1; i <= 1000; i += 1) writer.line(`{"n":${i}}`);
    expect(performance.now() - started).toBeLessThan(500);
    await writer.finish();
    expect(written.at(-1)).toBe('{"n":1000}');
    expect(written.length).toBeLessThanOrEqual(3);
    expect(writer).toMatchObject({ received: 1000, written: written.length });
  });

  it('writes no more often than it is told to', async () => {
    const times: number[] = [];
    const { writer } = writerFor(
      leaseThat(() => Promise.resolve(void times.push(performance.now()))),
      false,
      100,
    );
    for (let i = 1; i <= 30; i += 1) {
      writer.line(`{"n":${i}}`);
      await sleep(10);
    }
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(gaps.length).toBeGreaterThan(0);
    expect(Math.min(...gaps)).toBeGreaterThan(90);
    await writer.finish();
  });

  it('passes by what is empty and what is no JSON', async () => {
    const written: StoredState[] = [];
    const { writer, warnings } = writerFor(leaseThat((state) => Promise.resolve(void written.push(state))));
    for (const line of ['{}', 'null', '[]', '0', '""', 'hello', '', '{"a": 1']) writer.line(line);
    await writer.finish();
    expect(written).toEqual([]);
    expect(warnings).toHaveLength(8);
  });

  it('merges every state, also those that are not written one by one', async () => {
    const written: StoredState[] = [];
    const { writer } = writerFor(
      leaseThat((state) => Promise.resolve(void written.push(state))),
      true,
    );
    for (const name of ['x', 'y', 'z']) writer.line(`{"bookmarks":{"${name}":1}}`);
    await writer.finish();
    expect(currentState(written.at(-1)!)).toEqual(parseJson('{"bookmarks": {"x": 1, "y": 1, "z": 1}}'));
    expect(written.at(-1)!.completed.size).toBe(0);
  });

  it('fails at the end when a write failed, and tells at once', async () => {
    const { writer, failures } = writerFor(leaseThat(() => Promise.reject(new Problem('disk full'))));
    writer.line('{"n":1}');
    await sleep(20);
    expect(failures).toHaveLength(1);
    writer.line('{"n":2}');
    await expect(writer.finish()).rejects.toThrow('disk full');
  });

  it('goes on while the store is away, and writes the newest state when it is back', async () => {
    const written: string[] = [];
    let tries = 0;
    const { writer, warnings, failures } = writerFor(
      leaseThat((state) => {
        tries += 1;
        if (tries <= 2) return Promise.reject(new StoreAway('the store', new Error('refused')));
        written.push(printCompactJson(currentState(state)));
        return Promise.resolve();
      }),
    );
    writer.line('{"n":1}');
    await sleep(20);
    writer.line('{"n":2}');
    await writer.finish(5);
    expect(written).toEqual(['{"n":2}']);
    expect(failures).toEqual([]);
    expect(warnings[0]).toContain('the store cannot be reached: refused');
    expect(warnings.at(-1)).toContain('is back');
  });

  it('fails when the store is not back in time', async () => {
    const { writer } = writerFor(
      leaseThat(() => Promise.reject(new StoreAway('the store', new Error('no')))),
    );
    writer.line('{"n":1}');
    await expect(writer.finish(0.1)).rejects.toThrow(
      /not written within 0.1 s of the end: the store cannot be/,
    );
  });

  it('fails in time when the store does not answer at all', async () => {
    const { writer } = writerFor(leaseThat(() => new Promise(() => undefined)));
    writer.line('{"n":1}');
    await expect(writer.finish(0.1)).rejects.toThrow(/the store does not answer/);
  });
});
