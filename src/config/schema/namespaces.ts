import * as z from 'zod';
import { labelValue } from './common';

/** A Kubernetes namespace of ours: `restricted` Pod Security and no traffic but what the workloads need. */
export const namespace = z.strictObject({
  labels: z.record(z.string().min(1).max(317), labelValue).default({}).describe('Labels beside the Pod Security ones.'),
});
