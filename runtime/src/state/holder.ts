import { hostname } from 'node:os';
import { parseJson } from '../value/json-parse';
import { pythonText } from '../value/python-text';
import { printJson } from '../value/json-print';
import { dict, isDict } from '../value/value';
import { Problem } from '../problem';
import { processStart } from '../process-start';
import { type Holder, leaseSeconds } from './store';

/** This process as the holder of a lease. */
export function thisHolder(run: string): Holder {
  return { run, host: hostname(), pid: process.pid, startedAt: processStart(process.pid) ?? '' };
}

/** What is stored of a lease. */
export interface LeaseRecord extends Holder {
  /** When it ends by itself, in milliseconds. */
  readonly until: number;
}

/** A lease that begins or goes on now. */
export function leaseRecord(holder: Holder, now: number): LeaseRecord {
  return { ...holder, until: now + leaseSeconds * 1000 };
}

/** The text of a lease. */
export function printLease(record: LeaseRecord): string {
  const { run, host, pid, startedAt, until } = record;
  return printJson(dict({ run, host, pid, startedAt, until }));
}

/** Reads a lease; one that cannot be read holds nothing. */
export function parseLease(text: string): LeaseRecord | undefined {
  try {
    const value = parseJson(text);
    if (!isDict(value)) return undefined;
    const of = (key: string): string => pythonText(value.get(key) ?? '');
    return {
      run: of('run'),
      host: of('host'),
      pid: Number(of('pid')),
      startedAt: of('startedAt'),
      until: Number(of('until')),
    };
  } catch {
    return undefined;
  }
}

/** Whether a lease still holds: it has not ended, and its process is not known to be dead. */
export function holds(record: LeaseRecord, now: number): boolean {
  if (record.until <= now) return false;
  return record.host !== hostname() || processStart(record.pid) === record.startedAt;
}

/** The refusal of a second run. */
export function heldBy(id: string, record: LeaseRecord): Problem {
  const { run, host, pid, until } = record;
  return new Problem(
    `another run of '${id}' is going on: run ${run}, process ${pid} on ${host}; its lease ends at ${new Date(until).toISOString()}`,
    { fix: 'Wait for it, or stop it. With --force its lease is taken away, and it fails at its next write.' },
  );
}

/** The refusal of a write by a run whose lease is another's by now. */
export function leaseLost(id: string): Problem {
  return new Problem(`the lease of '${id}' was taken by another run, so its state was not written`, {
    fix: 'Nothing is lost: the other run goes on from the last state.',
  });
}
