import type { Dict, Value } from '../value/value';
import { dict, isDict } from '../value/value';

/** The key under which Meltano keeps the state of a Singer tap. */
export const singerKey = 'singer_state';

/** A state as Meltano stores it: what a whole run reached, and what runs reached that merge theirs into it. */
export interface StoredState {
  readonly completed: Dict;
  readonly partial: Dict;
}

/** Nothing stored yet. */
export const noState: StoredState = { completed: new Map(), partial: new Map() };

/** Who holds a lease. */
export interface Holder {
  /** Its own for every lease, so that two runs of one id are told apart. */
  readonly key: string;
  /** The run that holds it. */
  readonly run: string;
  /** The machine or pod. */
  readonly host: string;
  readonly pid: number;
  /** When the process started, so that a reused pid is told apart. */
  readonly startedAt: string;
  /** The namespace in which the pid means something: only a process of the same one can see that it is dead. */
  readonly space: string;
}

/** The right to write one state. While it is held no other run writes, and a holder that lost it cannot write either. */
export interface Lease {
  /** The state when the lease was taken. */
  readonly state: StoredState | undefined;
  /** Larger than that of every earlier holder that did not give its lease back. */
  readonly token: number;
  /** Writes the whole state at once; fails where the lease was lost. */
  write(state: StoredState): Promise<void>;
  /** Says that the holder lives. */
  renew(): Promise<void>;
  /** Removes the state. */
  clear(): Promise<void>;
  /** Gives it back; tells the store how the run ended. */
  release(outcome: Outcome): Promise<void>;
}

/** How a lease is taken. */
export interface AcquireOptions {
  /** Whether it is taken away from another run that holds it. */
  readonly force: boolean;
  /** Whether Meltano itself runs under it, and writes the run and its state down. */
  readonly forMeltano?: boolean;
}

/** How a run ended. */
export interface Outcome {
  readonly success: boolean;
  readonly error?: string | undefined;
}

/** A place that keeps states in Meltano's own layout. */
export interface StateStore {
  /** What it is, for people. */
  readonly label: string;
  /** Reads a state. */
  get(id: string): Promise<StoredState | undefined>;
  /** The ids that match a pattern with `*`. */
  list(pattern: string | undefined): Promise<string[]>;
  /** Takes the lease of a state, or fails at once and says who holds it. */
  acquire(id: string, holder: Holder, options: AcquireOptions): Promise<Lease>;
  /** Gives connections back. */
  close(): Promise<void>;
}

/** How long a lease lasts when its holder says nothing. */
export const leaseSeconds = 60;

/** How often a holder says that it lives. */
export const renewSeconds = 15;

/** Lays one map over another, deeply; where a map meets something else, the map wins. */
export function mergeState(over: Dict, base: Dict): Dict {
  const result: Dict = new Map(base);
  for (const [key, value] of over) {
    const before = result.get(key);
    result.set(key, isDict(value) ? mergeState(value, isDict(before) ? before : dict({})) : value);
  }
  return result;
}

/** The state that the next run starts from: the partial one over the completed one. */
export function currentState(stored: StoredState): Value {
  return mergeState(stored.partial, stored.completed).get(singerKey) ?? null;
}

/** What is stored after a STATE of the target: it replaces everything, or is merged into the partial state. */
export function applyState(stored: StoredState, state: Value, merging: boolean): StoredState {
  const payload: Dict = new Map([[singerKey, state]]);
  if (!merging) return { completed: payload, partial: new Map() };
  return { completed: stored.completed, partial: mergeState(payload, stored.partial) };
}
