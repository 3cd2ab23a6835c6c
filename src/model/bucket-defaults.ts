import type { Config } from '../config/schema';
import { fitBucket } from './names';
import type { Bucket } from './platform';

/** Key of the bucket that is told who read and wrote in the others. */
export const accessLogKey = 'access-logs';

/** Name of a bucket of the platform. The range of a bucket's name is the whole world, so it begins with the project. */
export function bucketName(config: Config, prefix: string, key: string): string {
  return fitBucket(config.google.project, prefix, key);
}

/** What a bucket is that nothing else is said of. */
export function bucketDefaults(config: Config, prefix: string) {
  return {
    existing: false,
    location: config.google.region,
    storageClass: 'STANDARD',
    lifecycle: [],
    versioning: true,
    noncurrentDays: 30,
    retention: null,
    softDeleteDays: 7,
    accessLogBucket:
      config.accessLogs === undefined
        ? null
        : (config.accessLogs.bucket ?? bucketName(config, prefix, accessLogKey)),
    writers: [],
    access: [],
    notifications: [],
  } satisfies Partial<Bucket>;
}

/** The bucket that Terraform keeps its state in. An old state is what saves a platform after a late-noticed mistake. */
export function stateBucket(config: Config, prefix: string): Bucket {
  return {
    ...bucketDefaults(config, prefix),
    key: 'tfstate',
    name: bucketName(config, prefix, 'tfstate'),
    purpose: 'terraform-state',
    noncurrentDays: 365,
    origin: ['google'],
  };
}

/** The bucket for access logs, where they are asked for and nobody else has one. It cannot log to itself: it would never rest. */
export function accessLogBucket(config: Config, prefix: string): Bucket | null {
  const { accessLogs } = config;
  if (accessLogs === undefined || accessLogs.bucket !== undefined) return null;
  return {
    ...bucketDefaults(config, prefix),
    key: accessLogKey,
    name: bucketName(config, prefix, accessLogKey),
    purpose: 'access-logs',
    lifecycle: [{ ageDays: accessLogs.retainDays ?? 365, action: 'delete', prefix: null }],
    noncurrentDays: 7,
    accessLogBucket: null,
    access: [
      {
        // Google's own group, which delivers the logs.
        key: 'storage-analytics',
        member: 'group:cloud-storage-analytics@google.com',
        identity: null,
        role: 'roles/storage.objectCreator',
        origin: ['accessLogs'],
      },
    ],
    origin: ['accessLogs'],
  };
}
