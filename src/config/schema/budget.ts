import * as z from 'zod';
import { key } from './common';

/** A budget for the project: it warns, it does not stop anything. */
export const budget = z.strictObject({
  billingAccount: z
    .string()
    .regex(/^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/, 'the id of a billing account such as 01AB23-CD45EF-678901')
    .describe('Billing account of the project. Whoever deploys needs roles/billing.costsManager on it.'),
  monthlyAmount: z.int().positive().describe('Amount for each month.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency such as USD')
    .describe('Currency of the billing account; Google refuses any other.'),
  thresholds: z
    .array(z.number().positive().max(10))
    .min(1)
    .refine((values) => new Set(values).size === values.length, {
      error: 'each threshold once',
      params: { fix: 'remove the one that stands twice' },
    })
    .default([0.5, 0.9, 1])
    .describe('Parts of the amount that are told when they are spent: 0.5 is half. At 1, also when the forecast reaches it.'),
  channels: z
    .array(key)
    .min(1)
    .max(5)
    .optional()
    .describe(
      'E-mail channels under monitoring.channels that are told. Default: those who administer the billing account.',
    ),
});
export type BudgetConfig = z.infer<typeof budget>;
