import * as z from 'zod';

/** Keys of one's own for everything that holds data. */
export const encryption = z.strictObject({
  customerManaged: z
    .boolean()
    .describe(
      'Whether databases, Kubernetes Secrets, node disks, backups of clusters, buckets, registries, secrets, topics and datasets of log sinks are encrypted with keys of this project. Needs google.projectNumber. The buckets of the Terraform state and of access logs, which come before the keys, stay with the key of Google. Google makes some of the agents late: see docs/customer-managed-keys.md before the first deployment. Switching it on or off recreates databases, registries and node pools.',
    ),
  keyRing: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,63}$/, '1 to 63 letters, digits, underscores and hyphens')
    .optional()
    .describe(
      'Name of the key rings. Default: the name of the platform. Google never deletes a key ring or a key: after a platform was destroyed, the next one needs another name.',
    ),
  rotationDays: z
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe('How often each key gets a new version, in days. Old versions still decrypt.'),
  protection: z
    .enum(['software', 'hsm'])
    .default('software')
    .describe('Where the keys are: in software, or in a hardware module, which costs more.'),
  deletionProtection: z
    .boolean()
    .default(true)
    .describe('Whether Terraform refuses to destroy the keys. Without a key all that it encrypts is lost.'),
});
export type EncryptionConfig = z.infer<typeof encryption>;
