import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../problem';
import { fnmatch } from '../value/fnmatch';
import { heldBy, holds, type LeaseRecord, leaseLost, leaseRecord, parseLease, printLease } from './holder';
import { parseStored, printStored } from './layout';
import { ObjectChanged, type ObjectStorage, type StoredObject } from './object-storage';
import {
  type AcquireOptions,
  type Holder,
  type Lease,
  leaseSeconds,
  noState,
  type StateStore,
  type StoredState,
} from './store';

/**
 * States as objects in Meltano's layout, `<prefix>/<state id>/state.json`, and a lease as an object beside each.
 *
 * Every write names the version that it replaces, so of two writers one fails. Whoever takes over a lease that was not
 * given back first writes the state anew as it is: from then on the version that the other one knows is gone, and however
 * late its write arrives, it is refused. The lease's token grows by one with each holder; where a version is nothing but a
 * digest of the content, the token goes into the state as well, for else an old version could come back.
 */
export class ObjectStore implements StateStore {
  constructor(
    private readonly storage: ObjectStorage,
    private readonly options: {
      /** Empty, or ends with a slash. */
      readonly prefix: string;
      /** How old a lock of Meltano may be before it counts for nothing. */
      readonly lockTimeoutSeconds: number;
    },
  ) {}

  get label(): string {
    return this.storage.label;
  }

  async get(id: string): Promise<StoredState | undefined> {
    const key = this.key(id, 'state.json');
    const found = await this.storage.get(key);
    return found && parseStored(found.text, key);
  }

  async list(pattern: string | undefined): Promise<string[]> {
    const { prefix } = this.options;
    const keys = await this.storage.list(prefix);
    return keys
      .map((key) => /^([^/]+)\/state\.json$/.exec(key.slice(prefix.length))?.[1])
      .filter((id) => id !== undefined)
      .filter((id) => pattern === undefined || fnmatch(id, pattern))
      .sort();
  }

  async acquire(id: string, holder: Holder, options: AcquireOptions): Promise<Lease> {
    await this.waitForMeltano(id);
    const held = await this.take(id, holder, options.force);
    if (this.storage.mayIgnoreVersions) await this.mustHeedVersions(id);
    const file = this.key(id, 'state.json');
    let stored = await this.storage.get(file);
    if (held.wasAbandoned) stored = await this.shutOut(file, stored, held.token);
    return new ObjectLease(this.storage, id, holder, {
      leaseKey: this.key(id, 'lease.json'),
      leaseVersion: held.version,
      token: held.token,
      stateKey: file,
      stateVersion: stored?.version,
      state: stored && parseStored(stored.text, file),
    });
  }

  close(): Promise<void> {
    this.storage.close();
    return Promise.resolve();
  }

  private async take(
    id: string,
    holder: Holder,
    force: boolean,
  ): Promise<{ version: string; token: number; wasAbandoned: boolean }> {
    const key = this.key(id, 'lease.json');
    let wasAbandoned = false;
    for (;;) {
      const found = await this.storage.get(key);
      const record = found && parseLease(found.text);
      if (found && record?.key === holder.key) {
        // Our own write, whose answer was lost.
        return { version: found.version, token: record.token, wasAbandoned };
      }
      wasAbandoned = record !== undefined && record.until > 0;
      if (found && record && wasAbandoned && !force && isHeld(record, found)) throw heldBy(id, record);
      const token = (record?.token ?? 0) + 1;
      try {
        const text = printLease(leaseRecord(holder, token, Date.now()));
        return { version: await this.storage.put(key, text, found?.version), token, wasAbandoned };
      } catch (error) {
        // Another run was faster; the next look tells who.
        if (!(error instanceof ObjectChanged)) throw error;
      }
    }
  }

  /** Writes the state as it is, so that a former holder's next write is refused. */
  private async shutOut(key: string, stored: StoredObject | undefined, token: number): Promise<StoredObject> {
    for (let now = stored; ; now = await this.storage.get(key)) {
      const state = now ? parseStored(now.text, key) : noState;
      const text = textOf(this.storage, state, token);
      try {
        return { text, version: await this.storage.put(key, text, now?.version), ageSeconds: 0 };
      } catch (error) {
        // It wrote once more meanwhile: what it wrote counts.
        if (!(error instanceof ObjectChanged)) throw error;
      }
    }
  }

  /** A write where there is nothing yet has to be refused: the lease is there. */
  private async mustHeedVersions(id: string): Promise<void> {
    const key = this.key(id, 'lease.json');
    const found = await this.storage.get(key);
    try {
      await this.storage.put(key, found?.text ?? '', undefined);
    } catch (error) {
      if (error instanceof ObjectChanged) return;
      throw error;
    }
    throw new Problem(`the store of the states ignores If-None-Match, so two runs could write one state`, {
      fix: 'Use a service with conditional writes, or keep the states elsewhere.',
    });
  }

  /** Meltano holds its lock for as long as it writes. */
  private async waitForMeltano(id: string): Promise<void> {
    for (;;) {
      const lock = await this.storage.get(this.key(id, 'lock'));
      if (!lock) return;
      const age = lock.ageSeconds ?? Date.now() / 1000 - Number(lock.text);
      if (!(age < this.options.lockTimeoutSeconds)) return;
      await sleep(500);
    }
  }

  private key(id: string, name: string): string {
    if (id === '' || id.includes('/') || id === '.' || id === '..')
      throw new Problem(`'${id}' is no state id`);
    return `${this.options.prefix}${id}/${name}`;
  }
}

/** By the service's clock where it tells how old the lease is: those of two machines need not agree. */
function isHeld(record: LeaseRecord, { ageSeconds }: StoredObject): boolean {
  const now = Date.now();
  const until = ageSeconds === undefined ? record.until : now + (leaseSeconds - ageSeconds) * 1000;
  return holds({ ...record, until }, now);
}

class ObjectLease implements Lease {
  readonly state: StoredState | undefined;
  readonly token: number;
  private leaseVersion: string;
  private stateVersion: string | undefined;
  /** Digests of what was asked to be written since the last answer: each of them may have been. */
  private readonly unsure = new Set<string>();

  constructor(
    private readonly storage: ObjectStorage,
    private readonly id: string,
    private readonly holder: Holder,
    private readonly from: {
      readonly leaseKey: string;
      readonly leaseVersion: string;
      readonly token: number;
      readonly stateKey: string;
      readonly stateVersion: string | undefined;
      readonly state: StoredState | undefined;
    },
  ) {
    this.state = from.state;
    this.token = from.token;
    this.leaseVersion = from.leaseVersion;
    this.stateVersion = from.stateVersion;
  }

  async write(state: StoredState): Promise<void> {
    const text = textOf(this.storage, state, this.token);
    this.unsure.add(digest(text));
    try {
      this.stateVersion = await this.storage.put(this.from.stateKey, text, this.stateVersion);
    } catch (error) {
      if (!(error instanceof ObjectChanged)) throw error;
      await this.afterConflict(text);
    }
    this.unsure.clear();
  }

  async renew(): Promise<void> {
    await this.putLease(leaseRecord(this.holder, this.token, Date.now()));
  }

  async clear(): Promise<void> {
    await this.renew();
    await this.storage.remove(this.from.stateKey);
    this.stateVersion = undefined;
  }

  /** The object stays, as one that has ended, so that its token goes on growing. */
  async release(): Promise<void> {
    try {
      await this.putLease({ ...leaseRecord(this.holder, this.token, Date.now()), until: 0 });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // It is another run's by now, and none of ours to give back.
    }
  }

  private async putLease(record: LeaseRecord): Promise<void> {
    const key = this.from.leaseKey;
    const text = printLease(record);
    try {
      this.leaseVersion = await this.storage.put(key, text, this.leaseVersion);
    } catch (error) {
      if (!(error instanceof ObjectChanged)) throw error;
      // A write whose answer was lost looks like another's.
      const found = await this.storage.get(key);
      if (!found || parseLease(found.text)?.key !== this.holder.key) throw leaseLost(this.id);
      this.leaseVersion = await this.storage.put(key, text, found.version);
    }
  }

  /** The state is not the one that we wrote last: it is what we wrote and were not told of, or somebody else's. */
  private async afterConflict(text: string): Promise<void> {
    const found = await this.storage.get(this.from.stateKey);
    // Where the lease is another's, that is what is to be told.
    await this.renew();
    if (found && this.unsure.has(digest(found.text))) {
      this.stateVersion =
        found.text === text ? found.version : await this.storage.put(this.from.stateKey, text, found.version);
      return;
    }
    throw new Problem(
      `the state of '${this.id}' was changed by another program, so it was not written over`,
      {
        fix: 'Let nothing else write it during a run: neither Meltano nor `meltano state`.',
      },
    );
  }
}

function textOf(storage: ObjectStorage, state: StoredState, token: number): string {
  return printStored(state, storage.versionsAreContents ? { tapline_lease: token } : {});
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
