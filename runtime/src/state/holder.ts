import { randomUuid } from '../uuid';
import { readFileSync, readlinkSync } from 'node:fs';
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
  return {
    key: randomUuid(),
    run,
    host: hostname(),
    pid: process.pid,
    startedAt: processStart(process.pid) ?? '',
    space: processSpace(),
  };
}

/** What tells apart the processes of two containers or machines, which may have the same name and the same ids. */
function processSpace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}

/** What is stored of a lease. */
export interface LeaseRecord extends Holder {
  /** When it ends by itself, in milliseconds since 1970; 0 when it was given back. */
  readonly until: number;
  /** Larger than that of every earlier holder that did not give its lease back. */
  readonly token: number;
}

/** A lease that begins or goes on now. */
export function leaseRecord(holder: Holder, token: number, now: number): LeaseRecord {
  return { ...holder, token, until: now + leaseSeconds * 1000 };
}

/** The text of a lease. */
export function printLease(record: LeaseRecord): string {
  const { key, run, host, pid, startedAt, space, until, token } = record;
  return printJson(dict({ key, run, host, pid, startedAt, space, until, token }));
}

/** Reads a lease; one that cannot be read holds nothing. */
export function parseLease(text: string): LeaseRecord | undefined {
  try {
    const value = parseJson(text);
    if (!isDict(value)) return undefined;
    const of = (key: string): string => pythonText(value.get(key) ?? '');
    return {
      key: of('key'),
      run: of('run'),
      host: of('host'),
      pid: Number(of('pid')),
      startedAt: of('startedAt'),
      space: of('space'),
      until: Number(of('until')),
      token: Number(of('token')),
    };
  } catch {
    return undefined;
  }
}

/** Whether a lease still holds: it has not ended, and its process is not known to be dead. */
export function holds(record: LeaseRecord, now: number): boolean {
  if (record.until <= now) return false;
  const visible = record.space !== '' && record.space === processSpace();
  return !visible || processStart(record.pid) === record.startedAt;
}

/** The refusal of a second run. */
export function heldBy(id: string, record: LeaseRecord): Problem {
  const { run, host, pid, until } = record;
  const ends = `its lease ends at ${new Date(until).toISOString()} unless it is renewed`;
  return new Problem(`another run of '${id}' is going on: run ${run}, process ${pid} on ${host}; ${ends}`, {
    fix: 'Wait for it, or stop it. With --force its lease is taken away, and it fails at its next write.',
  });
}

/** The refusal of a write by a run whose lease is another's by now. */
export function leaseLost(id: string): Problem {
  return new Problem(`the lease of '${id}' was taken by another run, so its state was not written`, {
    fix: 'Nothing is lost: the other run goes on from the last state.',
  });
}
