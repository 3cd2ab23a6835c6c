import * as z from 'zod';
import { regionNames } from '../regions';
import { dnsLabel } from './common';
import { members } from './members';

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
  perNamespace: z
    .boolean()
    .default(false)
    .describe(
      'Whether each namespace has values of its own, under the same names: the workloads of one cannot read those of another. Changing this recreates the secret, without its values.',
    ),
  regions: z
    .array(z.enum(regionNames))
    .min(1)
    .refine((regions) => new Set(regions).size === regions.length, {
      error: 'each region once',
      params: { fix: 'remove the one that stands twice' },
    })
    .optional()
    .describe('Regions that hold the values. Default: Google keeps them in several. Changing this recreates the secret, without its values.'),
  rotation: z
    .strictObject({
      periodDays: z.int().min(1).max(36500).describe('How often, in days; first after that time.'),
      topic: z.string().describe('Key of the topic under topics that is told.'),
    })
    .optional()
    .describe('A reminder by Pub/Sub that the values have to be changed; nothing changes them by itself. Needs google.projectNumber.'),
  destroyTtlDays: z
    .int()
    .min(1)
    .max(1000)
    .default(7)
    .describe('How long a version that was destroyed can still be brought back, in days.'),
  deletionProtection: z
    .boolean()
    .optional()
    .describe('Whether Terraform refuses to delete the secret. Default: only where production is true.'),
  readers: members
    .default([])
    .describe('Who may read its values beside the workloads that name it.'),
});
export type SecretConfig = z.infer<typeof secret>;
