import * as z from 'zod';
import { bytes, cpu, kubernetesLabelKey, kubernetesLabelValue } from './common';

const quota = z.strictObject({
  cpu: cpu.optional().describe('CPU that all pods together request. Default: no limit.'),
  memory: bytes.optional().describe('Memory that all pods together request. Default: no limit.'),
  ephemeralStorage: bytes.optional().describe('Scratch disk that all pods together request. Default: no limit.'),
  pods: z.int().min(1).optional().describe('Pods that have not ended. Default: no limit.'),
});

const containers = z.strictObject({
  cpu: cpu.default('2').describe('Limit of CPU.'),
  memory: bytes.default('1Gi').describe('Limit of memory.'),
  ephemeralStorage: bytes.default('1Gi').describe('Limit of scratch disk.'),
});

/** A Kubernetes namespace of ours: `restricted` Pod Security and no traffic but what the workloads need. */
export const namespace = z.strictObject({
  cluster: z
    .string()
    .default('platform')
    .describe('Cluster that it is on, and all that runs in it: a name under clusters, or platform for the one under cluster.'),
  labels: z.record(kubernetesLabelKey, kubernetesLabelValue).default({}).describe('Labels beside the Pod Security ones.'),
  quota: quota
    .default({})
    .describe('What all pods together may have. Services that are reachable from outside are always counted: there are none but those that ingress makes.'),
  containerDefaults: containers
    .prefault({})
    .describe('What a container gets that says nothing itself, such as one that a person starts by hand; it requests a tenth of the CPU and a half of the rest.'),
});
export type NamespaceConfig = z.infer<typeof namespace>;
