import * as z from 'zod';
import { dnsLabel } from './common';

/** How secrets get from Google's Secret Manager into the pods. */
export const secretDelivery = z
  .enum(['addon', 'external-secrets', 'manual'])
  .default('addon')
  .describe(
    'addon: GKE mounts them as files in memory, nothing is stored in Kubernetes. external-secrets: the operator of that name copies them into Kubernetes Secrets. manual: you create the Kubernetes Secrets by hand.',
  );

/** A secret: names of values, never the values. */
export const secret = z.strictObject({
  keys: z
    .array(
      z
        .string()
        .max(120, 'at most 120 characters')
        .regex(/^[A-Za-z0-9][-._A-Za-z0-9]*$/, 'letters, digits, dots, hyphens and underscores'),
    )
    .min(1)
    .refine((keys) => new Set(keys).size === keys.length, {
      error: 'each key once',
      params: { fix: 'remove the one that stands twice' },
    })
    .describe('Names of the values. Each is a secret of its own in Secret Manager; removing one deletes it.'),
  namespaces: z
    .array(dnsLabel)
    .min(1)
    .optional()
    .describe('Namespaces whose workloads may use it. Default: the only namespace there is.'),
});
export type SecretConfig = z.infer<typeof secret>;
