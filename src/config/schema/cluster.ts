import * as z from 'zod';
import { cronProblem } from '../cron';
import { cidr, dnsLabelUpTo, interpreted, key, mapOf, timeOfDay } from './common';
import { nodePool } from './node-pool';

const instant = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
    'a date and time in UTC as RFC 3339 writes it, such as 2026-12-20T00:00:00Z',
  );

const exclusion = z.strictObject({
  start: instant.describe('When it begins, UTC, for example "2026-12-20T00:00:00Z".'),
  end: instant.describe('When it ends, UTC.'),
  scope: z
    .enum(['NO_UPGRADES', 'NO_MINOR_UPGRADES', 'NO_MINOR_OR_NODE_UPGRADES'])
    .default('NO_UPGRADES')
    .describe('What does not happen meanwhile, as Google spells it.'),
});

const maintenance = z.strictObject({
  start: timeOfDay.default('03:00').describe('When maintenance may begin, UTC.'),
  durationHours: z.int().min(4).max(24).default(6).describe('How long the window is, in hours.'),
  days: z
    .array(z.enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']))
    .min(1)
    .default(['SA', 'SU'])
    .describe('Days of the window. Google needs 48 hours of window in 32 days.'),
  exclusions: mapOf(exclusion)
    .default({})
    .describe('Times without upgrades by name, for example around the end of a year.'),
});

const backup = z.strictObject({
  schedule: z
    .string()
    .superRefine((value, context) => {
      const problem = value.startsWith('@') ? { allowed: 'cron with five fields' } : cronProblem(value);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem.allowed });
    })
    .default('0 2 * * *')
    .describe('When a backup is made: cron with five fields, UTC.'),
  retainDays: z.int().min(1).max(365).default(14).describe('Days after which a backup is deleted.'),
  lockDays: z
    .int()
    .min(0)
    .max(90)
    .default(0)
    .describe('Days in which nobody can delete a backup, nor the plan while it has one.'),
  secrets: z
    .boolean()
    .default(false)
    .describe('Whether the backup holds Kubernetes Secrets. Those of Secret Manager come back by themselves.'),
});

const securityGroup = z
  .string()
  .regex(/^gke-security-groups@[a-z0-9.-]+\.[a-z]+$/, 'gke-security-groups@DOMAIN: GKE takes no other name');

/** The GKE cluster. */
export const cluster = z.strictObject({
  name: dnsLabelUpTo(40)
    .regex(/^[a-z]/, 'first a letter')
    .optional()
    .describe('Name of the cluster at Google. Default: the name of the platform, and for further clusters their key after it. Changing this recreates the cluster.'),
  autopilot: z
    .boolean()
    .default(false)
    .describe('Whether Google runs the nodes too: there are no node pools then, and pods are paid for by their requests. Changing this recreates the cluster.'),
  zone: z
    .string()
    .optional()
    .describe('Zone of a cluster whose control plane is in one zone only, with its nodes. Default: the control plane is in all zones of the region. Changing this recreates the cluster.'),
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
  securityGroup: securityGroup
    .optional()
    .describe('Google group, gke-security-groups@DOMAIN, whose member groups may be named in role bindings. Default: role bindings name people one by one.'),
  binaryAuthorization: z
    .boolean()
    .default(true)
    .describe("Whether the project's Binary Authorization policy decides which images may run."),
  deletionProtection: z
    .boolean()
    .default(true)
    .describe('Whether Terraform refuses to destroy or replace the cluster.'),
  maintenance: maintenance.prefault({}).describe('When Google may upgrade the control plane and the nodes.'),
  notifications: z
    .string()
    .optional()
    .describe('Topic under topics that is told of upgrades and security bulletins. Default: nobody is told.'),
  backup: backup
    .optional()
    .describe('Backup for GKE of all namespaces with their volumes. Default: none; databases and buckets have backups of their own.'),
  nodePools: mapOf(nodePool)
    .refine((pools) => Object.keys(pools).length > 0, {
      error: 'at least one pool',
      params: { fix: 'remove nodePools to get the default pool, or declare one, for example main: {}' },
    })
    .optional()
    .describe('Node pools by name. Default: one pool `main` of 1 to 3 e2-standard-4, and none with autopilot. Renaming a pool recreates it.'),
});
export type ClusterConfig = z.infer<typeof cluster>;

/** The pools of a cluster that declares none. */
export const defaultNodePools = { main: nodePool.parse({ nodes: { min: 1, max: 3 } }, interpreted) };

/** A cluster beside the first; it shares the subnet of the nodes and has ranges of its own for the rest. */
export const furtherCluster = cluster.extend({
  pods: cidr.describe('Range of its pods. Changing this recreates the cluster.'),
  services: cidr.describe('Range of its Kubernetes services, /16 to /27. Changing this recreates the cluster.'),
});

/** Name of a further cluster: the first one has the name `platform` in addresses and folders. */
export const clusterKey = key.regex(
  /^(?!platform$)/,
  'any name but platform, which is the cluster under cluster',
);
