import type { Config } from '../config/schema';
import { sortedEntries } from './scope';
import type { GateWaiver, Waiver } from './types/policy';

/** The waivers of a configuration, by key. Whether one has ended is for the gate to say: nothing here knows today. */
export function resolveWaivers(config: Config): Waiver[] {
  return sortedEntries(config.policy.waivers).map(([key, waiver]) => ({
    key,
    ...waiver,
    origin: ['policy', 'waivers', key],
  }));
}

/** What gates of the review are told to let pass. */
export function resolveGateWaivers(config: Config): GateWaiver[] {
  return sortedEntries(config.policy.gateWaivers).map(([key, waiver]) => ({
    key,
    ...waiver,
    origin: ['policy', 'gateWaivers', key],
  }));
}
