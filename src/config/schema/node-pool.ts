import * as z from 'zod';
import { kubernetesLabelKey, kubernetesLabelValue } from './common';

const taint = z.strictObject({
  key: kubernetesLabelKey.describe('Key of the taint.'),
  value: kubernetesLabelValue.default('').describe('Value of the taint.'),
  effect: z
    .enum(['NO_SCHEDULE', 'PREFER_NO_SCHEDULE', 'NO_EXECUTE'])
    .default('NO_SCHEDULE')
    .describe('What happens to pods that do not tolerate it, as Google spells it.'),
});

/** A network tag of Compute Engine. */
export const networkTag = z
  .string()
  .max(63, 'at most 63 characters')
  .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, 'lower-case letters, digits and hyphens, first a letter, last no hyphen');

const upgrade = z.strictObject({
  strategy: z
    .enum(['surge', 'blue-green'])
    .default('surge')
    .describe('surge: nodes are replaced a few at a time. blue-green: by a second pool beside the first, which can go back.'),
  maxSurge: z
    .int()
    .min(0)
    .max(20)
    .optional()
    .describe('Nodes that an upgrade adds at a time, with surge. Default: 1.'),
  maxUnavailable: z
    .int()
    .min(0)
    .max(20)
    .optional()
    .describe('Nodes that an upgrade takes away at a time, with surge. Default: 0.'),
  soakMinutes: z
    .int()
    .min(0)
    .max(7 * 24 * 60)
    .optional()
    .describe('Minutes that the old nodes wait before they are deleted, with blue-green. Default: 60.'),
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
  locationPolicy: z
    .enum(['balanced', 'any'])
    .optional()
    .describe('balanced: the autoscaler spreads nodes over the zones. any: it takes them where there are any. Default: balanced, any for Spot.'),
  maxPodsPerNode: z
    .int()
    .min(8)
    .max(256)
    .default(110)
    .describe('Most pods on a node. A node takes twice as many addresses of the pods, rounded up to a power of two. Changing this recreates the pool.'),
  diskSizeGb: z.int().min(10).max(65536).default(50).describe('Boot disk, in GB.'),
  diskType: z
    .enum(['pd-standard', 'pd-balanced', 'pd-ssd', 'hyperdisk-balanced'])
    .optional()
    .describe('Type of the boot disk. Default: pd-balanced, or hyperdisk-balanced where the machine takes no other.'),
  localSsdCount: z
    .int()
    .min(0)
    .max(32)
    .default(0)
    .describe('Local SSDs of 375 GB each for the scratch space of pods. Changing this recreates the pool.'),
  imageType: z
    .enum(['COS_CONTAINERD', 'UBUNTU_CONTAINERD'])
    .default('COS_CONTAINERD')
    .describe('Image of the nodes, as Google spells it.'),
  spot: z.boolean().default(false).describe('Whether the nodes are Spot: cheap, and taken away with 25 seconds of notice.'),
  dedicated: z
    .boolean()
    .default(false)
    .describe(
      'Whether only workloads that ask for this pool run on it: gives the nodes the label and the taint tapline.dev/pool=NAME.',
    ),
  serviceAccount: z
    .enum(['cluster', 'own'])
    .default('cluster')
    .describe('cluster: the nodes act as the service account of all nodes of the cluster. own: as one of this pool alone, with the same roles. Changing this recreates the nodes.'),
  upgrade: upgrade.prefault({}).describe('How nodes are replaced by newer ones.'),
  labels: z
    .record(kubernetesLabelKey, kubernetesLabelValue)
    .default({})
    .describe('Kubernetes labels of the nodes, beside tapline.dev/pool=NAME, which every pool has.'),
  taints: z.array(taint).default([]).describe('Taints of the nodes, beside the one that dedicated gives.'),
  tags: z.array(networkTag).max(64).default([]).describe('Network tags of the nodes, for rules under network.firewall.'),
});
export type NodePoolConfig = z.infer<typeof nodePool>;
