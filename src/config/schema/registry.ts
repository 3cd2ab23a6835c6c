import * as z from 'zod';
import { members } from './members';

/** A repository in Artifact Registry. */
export const registry = z.strictObject({
  format: z
    .enum(['docker', 'python'])
    .optional()
    .describe('What it holds. Default: docker, or what its mirror holds. Changing this recreates the repository.'),
  mirror: z
    .enum(['docker-hub', 'ghcr', 'quay', 'registry-k8s-io', 'pypi'])
    .optional()
    .describe(
      'A public registry that it fetches from and keeps copies of: nodes then need no way to the internet for it. Public images that the platform runs itself are taken through it. Changing this recreates the repository.',
    ),
  immutableTags: z
    .boolean()
    .default(false)
    .describe('Whether a tag stays on its image for good (docker only). Then every build needs a new tag.'),
  keepVersions: z
    .int()
    .min(1)
    .default(20)
    .describe('How many versions of each package are kept; older untagged ones are deleted after 30 days.'),
  vulnerabilityScanning: z
    .enum(['project', 'on', 'off'])
    .default('project')
    .describe(
      'Whether images are scanned when they are pushed (docker only); Google charges for each. project: as the project has it. on: also enables the API that scans. off: never.',
    ),
  readers: members
    .default([])
    .describe('Who may pull from it, beside the nodes and those who may by a role on the project.'),
  writers: members.default([]).describe('Who may push to it, for example the service account that builds images.'),
});
export type RegistryConfig = z.infer<typeof registry>;
