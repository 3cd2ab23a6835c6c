import * as z from 'zod';
import { regionNames } from '../regions';

/** Where everything is made. */
export const google = z.strictObject({
  project: z
    .string()
    .min(6, 'at least 6 characters')
    .max(30, { error: 'at most 30 characters', abort: true })
    .regex(/^[a-z][-a-z0-9]*[a-z0-9]$/, 'lower-case letters, digits and hyphens, first a letter, last no hyphen')
    .describe('Project id. Changing this recreates everything in another project.'),
  projectNumber: z
    .union([z.string().regex(/^\d+$/, 'the number of the project, such as 123456789012'), z.int().positive()], {
      error: 'the number of the project, such as 123456789012',
    })
    .transform(String)
    .optional()
    .describe('Project number. Only needed where Google names something by it (service agents, budgets).'),
  region: z
    .enum(regionNames)
    .describe('Region of the network, the cluster, the databases and the buckets. Changing this recreates them.'),
  apis: z
    .array(z.string().regex(/^[a-z][a-z0-9.-]*\.googleapis\.com$/, 'the name of an API such as admin.googleapis.com'))
    .default([])
    .describe('APIs to enable beside those that the platform needs itself.'),
});
