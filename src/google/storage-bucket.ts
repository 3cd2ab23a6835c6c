import { StorageBucket as Bucket } from '@cdktf/provider-google/lib/storage-bucket';
import { Construct } from 'constructs';
import { address, addressPart, rolePart, setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';
import type { Grant } from './grant';
import { StorageBucketMember } from './storage-bucket-member';

/** What happens to objects of a certain age. */
export interface StorageLifecycleRule {
  /** Age of the object, in days. */
  readonly ageDays: number;
  /** The colder class that it moves to, or `delete`. */
  readonly action: 'NEARLINE' | 'COLDLINE' | 'ARCHIVE' | 'delete';
  /** Beginning of the names of the objects. @default - all objects */
  readonly prefix?: string;
}

export interface StorageBucketProps extends LabelledEntityProps {
  /** Name of the bucket, the only one in the world. Changing this recreates it. */
  readonly name: string;
  /** Region. Changing this recreates the bucket. */
  readonly location: string;
  /**
   * Who may read and write objects: IAM members by the key that they have in addresses.
   * @default - nobody beside those who may by a role on the project
   */
  readonly writers?: Readonly<Record<string, string>>;
  /**
   * Who else is let in.
   * @default - nobody
   */
  readonly grants?: readonly Grant[];
  /**
   * Class of new objects.
   * @default 'STANDARD'
   */
  readonly storageClass?: 'STANDARD' | 'NEARLINE' | 'COLDLINE' | 'ARCHIVE';
  /**
   * What happens to objects as they grow old.
   * @default - nothing
   */
  readonly lifecycle?: readonly StorageLifecycleRule[];
  /**
   * Whether overwritten and deleted objects are kept for a while.
   * @default - true, unless retention is set, which excludes it
   */
  readonly versioning?: boolean;
  /**
   * For how many days an object can be brought back after it was overwritten, at least 1; deleted ones as well.
   * @default 30
   */
  readonly noncurrentDays?: number;
  /**
   * For how many days nobody can delete or overwrite an object, and whether that can never be shortened.
   * @default - objects can be deleted at any time
   */
  readonly retention?: { readonly days: number; readonly locked: boolean };
  /**
   * How long Google can restore what was deleted, in days: 7 to 90, or 0 for not at all.
   * @default 7
   */
  readonly softDeleteDays?: number;
  /**
   * Bucket that usage logs are written to. It must be another one.
   * @default - none: Cloud Audit Logs tell more, where the project has data access logs on
   * @see https://cloud.google.com/storage/docs/access-logs
   */
  readonly accessLogBucket?: string;
  /**
   * Cloud KMS key that encrypts new objects.
   * @default - Google's own key
   */
  readonly kmsKey?: string;
}

/**
 * A bucket that can never become public, keeps old versions for a while, and is not deleted as long as it holds
 * anything.
 *
 * @see https://cloud.google.com/storage/docs/best-practices
 */
export class StorageBucket extends Construct {
  readonly bucket: Bucket;
  readonly writers: readonly StorageBucketMember[];
  readonly grants: readonly StorageBucketMember[];

  constructor(scope: Construct, id: string, props: StorageBucketProps) {
    super(scope, id);
    if (props.accessLogBucket === props.name) {
      throw new Error(
        `${this.node.path}: accessLogBucket: got '${props.name}', expected another bucket; a bucket that logs to itself never rests`,
      );
    }
    const versioning = props.versioning ?? props.retention === undefined;
    this.bucket = setAddress(
      new Bucket(this, 'bucket', {
        project: props.project,
        name: props.name,
        // Google returns it in capitals.
        location: props.location.toUpperCase(),
        storageClass: props.storageClass ?? 'STANDARD',
        uniformBucketLevelAccess: true,
        publicAccessPrevention: 'enforced',
        forceDestroy: false,
        versioning: { enabled: versioning },
        softDeletePolicy: { retentionDurationSeconds: (props.softDeleteDays ?? 7) * secondsPerDay },
        ...(props.retention === undefined
          ? {}
          : {
              retentionPolicy: {
                retentionPeriod: props.retention.days * secondsPerDay,
                isLocked: props.retention.locked,
              },
            }),
        lifecycleRule: [
          ...(versioning
            ? [
                {
                  action: { type: 'Delete' },
                  condition: { daysSinceNoncurrentTime: props.noncurrentDays ?? 30, withState: 'ARCHIVED' },
                },
              ]
            : []),
          ...(props.lifecycle ?? []).map(lifecycleRule),
          { action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: 7 } },
        ],
        labels: { ...props.labels },
        ...(props.accessLogBucket === undefined ? {} : { logging: { logBucket: props.accessLogBucket } }),
        ...(props.kmsKey === undefined ? {} : { encryption: { defaultKmsKeyName: props.kmsKey } }),
        ...dependencies(props),
      }),
      id,
    );
    this.writers = Object.entries(props.writers ?? {}).map(
      ([key, member]) =>
        new StorageBucketMember(new Construct(this, `writer-${key}`), `${id}_${key}`, {
          bucket: this.bucket.name,
          member,
          ...(props.dependsOn === undefined ? {} : { dependsOn: props.dependsOn }),
        }),
    );
    this.grants = (props.grants ?? []).map(
      ({ key, member, role }) =>
        new StorageBucketMember(
          new Construct(this, `grant-${rolePart(role)}-${key}`),
          address(id, rolePart(role), addressPart(key)),
          {
            bucket: this.bucket.name,
            member,
            role,
            ...(props.dependsOn === undefined ? {} : { dependsOn: props.dependsOn }),
          },
        ),
    );
  }
}

const secondsPerDay = 24 * 60 * 60;

function lifecycleRule({ ageDays, action, prefix }: StorageLifecycleRule) {
  return {
    action: action === 'delete' ? { type: 'Delete' } : { type: 'SetStorageClass', storageClass: action },
    condition: {
      age: ageDays,
      // What is deleted stays an old version for its time; it was old already and would go at once otherwise.
      withState: action === 'delete' ? 'LIVE' : 'ANY',
      ...(prefix === undefined ? {} : { matchesPrefix: [prefix] }),
      // Unsaid, the provider drops an age of nothing.
      ...(ageDays === 0 ? { sendAgeIfZero: true } : {}),
    },
  };
}
