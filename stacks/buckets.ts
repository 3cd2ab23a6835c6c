import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import {
  address,
  addressPart,
  rolePart,
  StorageBucket,
  StorageBucketMember,
  type StorageBucketProps,
  StorageNotification,
} from '../src/google';
import type { Bucket } from '../src/model';
import type { EncryptionKeys } from './encryption';
import { type Foundation, grantsOf, identitiesOf } from './foundation-parts';
import { setOrigin } from './origin';
import type { TopicsReady } from './topics';

const storage = 'storage.googleapis.com';

/** What the model says of a bucket, as the construct takes it; who is let in is added by the stack. */
export function bucketProps(bucket: Bucket): Omit<StorageBucketProps, 'project' | 'labels'> {
  const { accessLogBucket, retention, lifecycle, ...settings } = bucket;
  return {
    name: settings.name,
    location: settings.location,
    storageClass: settings.storageClass,
    versioning: settings.versioning,
    noncurrentDays: settings.noncurrentDays,
    softDeleteDays: settings.softDeleteDays,
    lifecycle: lifecycle.map(({ prefix, ...rule }) => ({ ...rule, ...(prefix === null ? {} : { prefix }) })),
    ...(retention === null ? {} : { retention }),
    ...(accessLogBucket === null ? {} : { accessLogBucket }),
    grants: grantsOf(settings.access),
  };
}

/** Makes the buckets, lets people and workloads in, and has topics told of what comes. */
export function addBuckets(
  foundation: Foundation,
  keys: EncryptionKeys,
  topics: TopicsReady,
  membersOf: (identities: readonly string[]) => Readonly<Record<string, string>>,
): void {
  const { platform, services } = foundation;
  const buckets = foundation.group('buckets');
  const grants = foundation.group('bucket-grants');
  const notifications = foundation.group('notifications');
  for (const bucket of platform.buckets) {
    const writers = membersOf(bucket.writers);
    const dependsOn = [
      ...services.of(storage),
      ...foundation.accountsOf([...bucket.writers, ...identitiesOf(bucket.access)]),
    ];
    let made: readonly ITerraformDependable[] = [];
    if (bucket.existing) {
      addGrants(grants, bucket, writers, dependsOn);
    } else {
      const key = keys.of('storage', bucket.location);
      const { bucket: resource } = setOrigin(
        new StorageBucket(buckets, bucket.key, {
          ...bucketProps(bucket),
          project: platform.project,
          labels: { ...platform.labels, purpose: bucket.purpose },
          writers,
          ...(key === undefined ? {} : { kmsKey: key.id }),
          dependsOn: [...dependsOn, ...(key?.ready ?? [])],
        }),
        bucket,
      );
      made = [resource];
    }
    addNotifications(notifications, bucket, [...services.of(storage), ...made], topics);
  }
}

/** Lets somebody into a bucket that is not made here. */
function addGrants(
  scope: Construct,
  bucket: Bucket,
  writers: Readonly<Record<string, string>>,
  dependsOn: readonly ITerraformDependable[],
): void {
  const own = Object.entries(writers).map(([key, member]) => ({
    key,
    member,
    role: 'roles/storage.objectUser',
  }));
  for (const { key, member, role } of [...own, ...grantsOf(bucket.access)]) {
    setOrigin(
      new StorageBucketMember(scope, address(bucket.key, rolePart(role), addressPart(key)), {
        bucket: bucket.name,
        member,
        role,
        dependsOn,
      }),
      bucket,
    );
  }
}

function addNotifications(
  scope: Construct,
  bucket: Bucket,
  before: readonly ITerraformDependable[],
  topics: TopicsReady,
): void {
  for (const notification of bucket.notifications) {
    setOrigin(
      new StorageNotification(scope, address(bucket.key, notification.key), {
        bucket: bucket.name,
        topic: notification.topicId,
        events: notification.events,
        ...(notification.prefix === null ? {} : { prefix: notification.prefix }),
        dependsOn: [...before, ...(topics.get(notification.topic) ?? [])],
      }),
      notification,
    );
  }
}
