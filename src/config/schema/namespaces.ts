import * as z from 'zod';
import { kubernetesLabelKey, kubernetesLabelValue } from './common';

/** A Kubernetes namespace of ours: `restricted` Pod Security and no traffic but what the workloads need. */
export const namespace = z.strictObject({
  labels: z.record(kubernetesLabelKey, kubernetesLabelValue).default({}).describe('Labels beside the Pod Security ones.'),
});
