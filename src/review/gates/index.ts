import type { GateResult, Review } from '../types';
import { costCeiling } from './cost-ceiling';
import { type Gate, type GateWaiver, judgeGate, type Objection } from './gate';
import { noBroadening } from './no-broadening';
import { noDestroyOfData } from './no-destroy-of-data';
import { policyGate } from './policy';

export type { GateWaiver, Objection } from './gate';

/** Names that can be asked for; a ceiling is asked for with its amount. */
export const gateForms = ['no-destroy-of-data', 'no-broadening', 'cost-ceiling=DOLLARS', 'policy'] as const;

export interface GateRequest {
  /** As on the command line: `no-broadening`, `cost-ceiling=500`. */
  readonly names: readonly string[];
  readonly waivers: readonly GateWaiver[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** What the policy objects to, without what its own waivers accept. @default - none */
  readonly findings?: readonly Objection[];
}

/** The gate that a name asks for; undefined for one that there is not. */
export function gateFrom(name: string, findings: readonly Objection[] = []): Gate | undefined {
  if (name === 'no-destroy-of-data') return noDestroyOfData;
  if (name === 'no-broadening') return noBroadening;
  if (name === 'policy') return policyGate(findings);
  const [, amount] = /^cost-ceiling=(\d+(?:\.\d+)?)$/.exec(name) ?? [];
  return amount === undefined ? undefined : costCeiling(Number(amount));
}

/** The review with the answers to what was asked of it. */
export function withGates(review: Review, { names, waivers, today, findings = [] }: GateRequest): Review {
  const gates = names.map((name): GateResult => {
    const gate = gateFrom(name, findings);
    return gate === undefined
      ? { name, result: 'fail', because: `there is no such gate; there are ${gateForms.join(', ')}` }
      : judgeGate(gate, review, waivers, today);
  });
  return { ...review, gates };
}
