import * as z from 'zod';

/** A repository in Artifact Registry. */
export const registry = z.strictObject({
  format: z.enum(['docker', 'python']).default('docker').describe('What it holds. Changing this recreates the repository.'),
  immutableTags: z
    .boolean()
    .default(false)
    .describe('Whether a tag stays on its image for good (docker only). Then every build needs a new tag.'),
  keepVersions: z
    .int()
    .min(1)
    .default(20)
    .describe('How many versions of each package are kept; older untagged ones are deleted after 30 days.'),
});
export type RegistryConfig = z.infer<typeof registry>;
