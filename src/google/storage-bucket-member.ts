import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type EntityProps } from './entity';

export interface StorageBucketMemberProps extends EntityProps {
  /** Name of the bucket. */
  readonly bucket: string;
  /** IAM member, for example `serviceAccount:NAME@PROJECT.iam.gserviceaccount.com`. */
  readonly member: string;
  /**
   * What it may do with the objects.
   * @default 'roles/storage.objectUser', which is to list, read, write and delete
   */
  readonly role?: string;
}

/**
 * What somebody may do with the objects of a bucket.
 *
 * @see https://cloud.google.com/storage/docs/access-control/iam-roles
 */
export class StorageBucketMember extends Construct {
  readonly grant: StorageBucketIamMember;

  constructor(scope: Construct, id: string, props: StorageBucketMemberProps) {
    super(scope, id);
    this.grant = setAddress(
      new StorageBucketIamMember(this, 'grant', {
        bucket: props.bucket,
        role: props.role ?? 'roles/storage.objectUser',
        member: props.member,
        ...dependencies(props),
      }),
      id,
    );
  }
}
