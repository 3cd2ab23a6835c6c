import { StorageBucket as Bucket } from '@cdktf/provider-google/lib/storage-bucket';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';
import { StorageBucketMember } from './storage-bucket-member';

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
   * For how many days an object can be brought back after it was overwritten, at least 1; deleted ones as well.
   * @default 30
   */
  readonly noncurrentDays?: number;
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

  constructor(scope: Construct, id: string, props: StorageBucketProps) {
    super(scope, id);
    if (props.accessLogBucket === props.name) {
      throw new Error(
        `${this.node.path}: accessLogBucket: got '${props.name}', expected another bucket; a bucket that logs to itself never rests`,
      );
    }
    this.bucket = setAddress(
      new Bucket(this, 'bucket', {
        project: props.project,
        name: props.name,
        // Google returns it in capitals.
        location: props.location.toUpperCase(),
        storageClass: 'STANDARD',
        uniformBucketLevelAccess: true,
        publicAccessPrevention: 'enforced',
        forceDestroy: false,
        versioning: { enabled: true },
        softDeletePolicy: { retentionDurationSeconds: 7 * 24 * 60 * 60 },
        lifecycleRule: [
          {
            action: { type: 'Delete' },
            condition: { daysSinceNoncurrentTime: props.noncurrentDays ?? 30, withState: 'ARCHIVED' },
          },
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
  }
}
