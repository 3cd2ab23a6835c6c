import type { Gate, Objection } from './gate';

/**
 * The policy finds no error in what the change makes.
 * @param findings what the policy objects to, with its own waivers taken off
 */
export function policyGate(findings: readonly Objection[]): Gate {
  return {
    name: 'policy',
    objections: () => findings,
    fine: () => 'the policy finds no error',
  };
}
