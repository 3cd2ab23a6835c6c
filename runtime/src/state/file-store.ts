import { randomUuid } from '../uuid';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../problem';
import { fnmatch } from '../value/fnmatch';
import { heldBy, holds, type LeaseRecord, leaseLost, leaseRecord, parseLease, printLease } from './holder';
import { parseStored, printStored } from './layout';
import type { AcquireOptions, Holder, Lease, StateStore, StoredState } from './store';

/**
 * States as files in Meltano's layout: `<folder>/<state id>/state.json`, written under Meltano's own `lock` file.
 *
 * A lease is a file beside it. A writer makes its new state as a temporary file, sees that the lease is still its own,
 * and renames; whoever takes a lease over removes such files first. So a writer that slept meanwhile cannot write.
 */
export class FileStore implements StateStore {
  readonly label = 'Local Filesystem';

  constructor(
    private readonly folder: string,
    /** How old a lock of Meltano may be before it counts for nothing. */
    private readonly lockTimeoutSeconds: number,
  ) {}

  async get(id: string): Promise<StoredState | undefined> {
    const file = this.path(id, 'state.json');
    const text = await contents(file);
    return text === undefined ? undefined : parseStored(text, file);
  }

  async list(pattern: string | undefined): Promise<string[]> {
    if (!existsSync(this.folder)) return [];
    const names = await readdir(this.folder);
    return names
      .filter((name) => pattern === undefined || fnmatch(name, pattern))
      .filter((name) => existsSync(this.path(name, 'state.json')))
      .sort();
  }

  async acquire(id: string, holder: Holder, options: AcquireOptions): Promise<Lease> {
    await mkdir(this.path(id), { recursive: true });
    const token = await this.locked(id, async () => {
      const record = await this.lease(id);
      if (!options.force && record && holds(record, Date.now())) throw heldBy(id, record);
      const next = (record?.token ?? 0) + 1;
      await this.writeLease(id, leaseRecord(holder, next, Date.now()));
      for (const name of await readdir(this.path(id))) {
        if (name.startsWith('state.json.')) await rm(this.path(id, name), { force: true });
      }
      return next;
    });
    const state = await this.get(id);
    return {
      state,
      token,
      write: (next) => this.locked(id, () => this.write(id, holder, next)),
      renew: () =>
        this.locked(id, async () => {
          await this.mustHold(id, holder);
          await this.writeLease(id, leaseRecord(holder, token, Date.now()));
        }),
      clear: () =>
        this.locked(id, async () => {
          await this.mustHold(id, holder);
          await rm(this.path(id, 'state.json'), { force: true });
        }),
      release: async () => {
        await this.locked(id, async () => {
          if (await this.isOurs(id, holder)) await rm(this.path(id, 'lease.json'), { force: true });
        });
        // Without a state nothing is left of it, as `meltano state clear` leaves nothing.
        await rmdir(this.path(id)).catch(() => undefined);
      },
    };
  }

  async close(): Promise<void> {
    // Nothing is open.
  }

  private async write(id: string, holder: Holder, state: StoredState): Promise<void> {
    const file = this.path(id, 'state.json');
    const temporary = `${file}.${randomUuid()}`;
    try {
      await writeDurably(temporary, printStored(state));
      await this.mustHold(id, holder);
      await rename(temporary, file).catch((error: unknown) => {
        throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? leaseLost(id) : error;
      });
    } finally {
      await rm(temporary, { force: true });
    }
  }

  private async isOurs(id: string, holder: Holder): Promise<boolean> {
    return (await this.lease(id))?.key === holder.key;
  }

  private async lease(id: string): Promise<LeaseRecord | undefined> {
    return parseLease((await contents(this.path(id, 'lease.json'))) ?? '');
  }

  private writeLease(id: string, record: LeaseRecord): Promise<void> {
    return writeWhole(this.path(id, 'lease.json'), printLease(record));
  }

  private async mustHold(id: string, holder: Holder): Promise<void> {
    if (!(await this.isOurs(id, holder))) throw leaseLost(id);
  }

  /** Does something while holding Meltano's lock file. */
  private async locked<T>(id: string, action: () => Promise<T>): Promise<T> {
    const lock = this.path(id, 'lock');
    for (;;) {
      try {
        const file = await open(lock, 'wx');
        await file.writeFile(String(Date.now() / 1000));
        await file.close();
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        const age = await stat(lock).then(
          ({ mtimeMs }) => (Date.now() - mtimeMs) / 1000,
          () => 0,
        );
        if (age > this.lockTimeoutSeconds) await rm(lock, { force: true });
        else await sleep(20);
      }
    }
    try {
      return await action();
    } finally {
      await rm(lock, { force: true });
    }
  }

  private path(id: string, name?: string): string {
    if (id === '' || id.includes('/') || id === '.' || id === '..')
      throw new Problem(`'${id}' is no state id`);
    return name === undefined ? `${this.folder}/${id}` : `${this.folder}/${id}/${name}`;
  }
}

async function contents(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUuid()}`;
  await writeDurably(temporary, text);
  await rename(temporary, file);
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
