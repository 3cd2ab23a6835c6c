import * as z from 'zod';
import { cidr, dnsLabelUpTo, kubernetesLabelKey, kubernetesLabelValue, mapOf, timeOfDay } from './common';

const taint = z.strictObject({
  key: kubernetesLabelKey.describe('Key of the taint.'),
  value: kubernetesLabelValue.default('').describe('Value of the taint.'),
  effect: z
    .enum(['NO_SCHEDULE', 'PREFER_NO_SCHEDULE', 'NO_EXECUTE'])
    .default('NO_SCHEDULE')
    .describe('What happens to pods that do not tolerate it, as Google spells it.'),
});

/** Nodes of one shape. */
export const nodePool = z.strictObject({
  machineType: z
    .string()
    .regex(/^[a-z][a-z0-9]*-[a-z0-9-]+$/, 'a machine type such as e2-standard-4')
    .default('e2-standard-4')
    .describe('Compute Engine machine type.'),
  nodes: z
    .strictObject({
      min: z.int().min(0).max(1000).default(0).describe('Fewest nodes, over all zones together.'),
      max: z.int().min(1).max(1000).default(3).describe('Most nodes, over all zones together.'),
    })
    .prefault({})
    .describe('Bounds of the autoscaler. A pool that may be empty has min 0.'),
  diskSizeGb: z.int().min(10).max(65536).default(50).describe('Boot disk, in GB.'),
  diskType: z
    .enum(['pd-standard', 'pd-balanced', 'pd-ssd', 'hyperdisk-balanced'])
    .default('pd-balanced')
    .describe('Type of the boot disk.'),
  spot: z.boolean().default(false).describe('Whether the nodes are Spot: cheap, and taken away with 25 seconds of notice.'),
  dedicated: z
    .boolean()
    .default(false)
    .describe(
      'Whether only workloads that ask for this pool run on it: gives the nodes the label and the taint tapline.dev/pool=NAME.',
    ),
  labels: z
    .record(kubernetesLabelKey, kubernetesLabelValue)
    .default({})
    .describe('Kubernetes labels of the nodes, beside tapline.dev/pool=NAME, which every pool has.'),
  taints: z.array(taint).default([]).describe('Taints of the nodes, beside the one that dedicated gives.'),
});
export type NodePoolConfig = z.infer<typeof nodePool>;

/** The GKE cluster. */
export const cluster = z.strictObject({
  name: dnsLabelUpTo(40)
    .regex(/^[a-z]/, 'first a letter')
    .optional()
    .describe('Name of the cluster at Google. Default: the name of the platform. Changing this recreates the cluster.'),
  zones: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('Zones that nodes run in. Default: Google chooses three zones of the region.'),
  releaseChannel: z
    .enum(['rapid', 'regular', 'stable', 'extended'])
    .default('regular')
    .describe('How early the cluster gets new Kubernetes versions.'),
  authorizedNetworks: z
    .record(z.string().min(1), cidr)
    .default({})
    .describe(
      'Ranges, by display name, that may reach the control plane by its IP address, /8 at the widest. None: only the DNS endpoint is open, to callers whose IAM role allows it.',
    ),
  deletionProtection: z
    .boolean()
    .default(true)
    .describe('Whether Terraform refuses to destroy or replace the cluster.'),
  maintenance: z
    .strictObject({
      start: timeOfDay
        .default('03:00')
        .describe('When maintenance may begin, UTC.'),
      durationHours: z.int().min(4).max(24).default(6).describe('How long the window is, in hours.'),
      days: z
        .array(z.enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']))
        .min(1)
        .default(['SA', 'SU'])
        .describe('Days of the window. Google needs 48 hours of window in 32 days.'),
    })
    .prefault({})
    .describe('When Google may upgrade the control plane and the nodes.'),
  nodePools: mapOf(nodePool)
    .refine((pools) => Object.keys(pools).length > 0, {
      error: 'at least one pool',
      params: { fix: 'remove nodePools to get the default pool, or declare one, for example main: {}' },
    })
    .default({
      main: nodePool.parse({ nodes: { min: 1, max: 3 } }),
    })
    .describe('Node pools by name. Default: one pool `main` of 1 to 3 e2-standard-4. Renaming a pool recreates it.'),
});
export type ClusterConfig = z.infer<typeof cluster>;
