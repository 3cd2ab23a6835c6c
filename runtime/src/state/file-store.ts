import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../problem';
import { fnmatch } from '../value/fnmatch';
import { heldBy, holds, leaseLost, leaseRecord, parseLease, printLease } from './holder';
import { parseStored, printStored } from './layout';
import type { Holder, Lease, StateStore, StoredState } from './store';

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

  async acquire(id: string, holder: Holder, options: { force: boolean }): Promise<Lease> {
    await mkdir(this.path(id), { recursive: true });
    await this.locked(id, async () => {
      const record = parseLease((await contents(this.path(id, 'lease.json'))) ?? '');
      if (!options.force && record && holds(record, Date.now())) throw heldBy(id, record);
      await writeWhole(this.path(id, 'lease.json'), printLease(leaseRecord(holder, Date.now())));
      for (const name of await readdir(this.path(id))) {
        if (name.startsWith('state.json.')) await rm(this.path(id, name), { force: true });
      }
    });
    const state = await this.get(id);
    return {
      state,
      write: (next) => this.locked(id, () => this.write(id, holder, next)),
      renew: () =>
        this.locked(id, async () => {
          await this.mustHold(id, holder);
          await writeWhole(this.path(id, 'lease.json'), printLease(leaseRecord(holder, Date.now())));
        }),
      release: () =>
        this.locked(id, async () => {
          if (await this.isOurs(id, holder)) await rm(this.path(id, 'lease.json'), { force: true });
        }),
    };
  }

  async clear(id: string): Promise<void> {
    await rm(this.path(id), { recursive: true, force: true });
  }

  async close(): Promise<void> {
    // Nothing is open.
  }

  private async write(id: string, holder: Holder, state: StoredState): Promise<void> {
    const file = this.path(id, 'state.json');
    const temporary = `${file}.${randomUUID()}`;
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
    return parseLease((await contents(this.path(id, 'lease.json'))) ?? '')?.run === holder.run;
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
  const temporary = `${file}.${randomUUID()}`;
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
