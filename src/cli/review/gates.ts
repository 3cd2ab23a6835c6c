import { InputError } from '../../output';
import { judge } from '../../policy';
import { gateForms, gateFrom, type GateWaiver, type Objection, type Review, withGates } from '../../review';
import { dayOf } from '../gate';
import { documentsOf } from './documents';
import type { Sides } from './sides';

export interface GateOptions {
  readonly gate?: readonly string[];
  readonly today?: string;
}

/** The gates that the command line asks for; a wrong name or day is refused before anything is read. */
export function gatesAsked({ gate: names = [], today }: GateOptions): {
  readonly judge: (review: Review, sides: Sides) => Review;
} {
  for (const name of names) {
    if (gateFrom(name) === undefined) {
      throw new InputError(`--gate: found ${name}, allowed ${gateForms.join(', ')}.`);
    }
  }
  // Without a gate nothing depends on the day.
  const day = names.length === 0 ? '' : dayOf(today);
  return {
    judge: (review, sides) =>
      names.length === 0
        ? review
        : withGates(review, {
            names,
            waivers: waiversOf(sides),
            today: day,
            findings: names.includes('policy') ? findingsOf(sides, day) : [],
          }),
  };
}

function waiversOf({ input }: Sides): readonly GateWaiver[] {
  return (input?.platforms ?? []).flatMap(({ gateWaivers }) => gateWaivers);
}

/** Errors of the policy in what the change makes, without those that its own waivers accept. */
function findingsOf({ head, input }: Sides, today: string): readonly Objection[] {
  const report = judge(
    [
      {
        environment: null,
        documents: documentsOf(head),
        production: undefined,
        waivers: (input?.platforms ?? []).flatMap(({ waivers }) => waivers),
        placeOf: ({ file }) => ({ file }),
        placeOfWaiver: () => ({ file: input?.file ?? 'platform.yaml' }),
      },
    ],
    today,
  );
  return report.findings.flatMap(({ rule, resource, waiver }) =>
    rule.severity === 'error' && waiver === undefined
      ? [{ address: resource.address, text: `${rule.id} at ${resource.address}` }]
      : [],
  );
}
