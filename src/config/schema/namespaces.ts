import * as z from 'zod';
import { kubernetesLabelKey, kubernetesLabelValue } from './common';

/** A Kubernetes namespace of ours: `restricted` Pod Security and no traffic but what the workloads need. */
export const namespace = z.strictObject({
  cluster: z
    .string()
    .default('platform')
    .describe('Cluster that it is on, and all that runs in it: a name under clusters, or platform for the one under cluster.'),
  labels: z.record(kubernetesLabelKey, kubernetesLabelValue).default({}).describe('Labels beside the Pod Security ones.'),
});
