import * as z from 'zod';
import { ruleIds } from '../policy-rules';
import { mapOf } from './common';

const waiver = z.strictObject({
  rule: z.enum(ruleIds).describe('Id of the rule, as `tapline policy` tells it.'),
  address: z
    .string()
    .min(1)
    .max(400, 'at most 400 characters')
    .describe('Address of the resource or object, as `tapline policy` tells it; `*` stands for any characters.'),
  owner: z.string().min(1).max(120, 'at most 120 characters').describe('Who answers for it.'),
  reason: z
    .string()
    .min(20, 'at least 20 characters')
    .max(1000, 'at most 1000 characters')
    .describe('Why it is right here, in a sentence.'),
  until: z.iso
    .date('a date such as 2027-03-31')
    .describe('Last day on which it counts; from the next day on, `tapline synth` and `tapline policy` fail.'),
});

const gateWaiver = z.strictObject({
  gate: z
    .enum(['no-destroy-of-data', 'no-broadening', 'cost-ceiling', 'policy'])
    .describe('Name of the gate, as `tapline review --gate` takes it, without an amount.'),
  address: z
    .string()
    .min(1)
    .max(400, 'at most 400 characters')
    .describe(
      'Address of the resource or object, or for access the resource as `tapline review` tells it; `*` stands for any characters.',
    ),
  owner: waiver.shape.owner,
  reason: waiver.shape.reason,
  until: z.iso
    .date('a date such as 2027-03-31')
    .describe('Last day on which it counts; from the next day on, the gate fails.'),
});

/** What the policy is told to let pass. It never changes what is made, only what is said of it. */
export const policy = z.strictObject({
  waivers: mapOf(waiver).default({}).describe('Findings that are accepted for a time, by name.'),
  gateWaivers: mapOf(gateWaiver)
    .default({})
    .describe('What a gate of `tapline review` objects to and is accepted for a time, by name.'),
});
