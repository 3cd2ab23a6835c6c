import type { RuleId } from '../../config/policy-rules';
import type { Originated } from './originated';

/** A finding of the policy that somebody accepts for a time. */
export interface Waiver extends Originated {
  readonly key: string;
  readonly rule: RuleId;
  /** Addresses that it is about; `*` stands for any characters. */
  readonly address: string;
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it counts, `YYYY-MM-DD`. */
  readonly until: string;
}

/** What a gate of the review objects to and somebody accepts for a time. */
export interface GateWaiver extends Originated {
  readonly key: string;
  /** Name of the gate, without an amount. */
  readonly gate: string;
  /** Addresses that it is about; `*` stands for any characters. */
  readonly address: string;
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it counts, `YYYY-MM-DD`. */
  readonly until: string;
}
