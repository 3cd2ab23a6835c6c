import { type ITerraformDependable, LocalBackend } from 'cdktf';
import { Construct } from 'constructs';
import { ProjectServices, StorageBucket } from '../src/google';
import type { Bucket, Platform } from '../src/model';
import { bucketProps } from './buckets';
import { setOrigin } from './origin';
import { PlatformStack } from './platform-stack';

const storage = 'storage.googleapis.com';

/** What must be there before anything else: the bucket of the state, and the one that is told who read and wrote. */
export class BootstrapStack extends PlatformStack {
  constructor(scope: Construct, platform: Platform) {
    super(scope, 'bootstrap', platform);
    const { stateBucket, accessLogBucket } = platform;
    const services = new ProjectServices(this, 'services', {
      project: platform.project,
      services: [storage],
    });
    const buckets = this.group('buckets');
    const before: ITerraformDependable[] = services.of(storage);
    // Logs can only be sent to a bucket that is there.
    if (accessLogBucket !== null) before.push(this.addBucket(buckets, accessLogBucket, before).bucket);
    this.addBucket(buckets, stateBucket, before);
  }

  private addBucket(
    scope: Construct,
    bucket: Bucket,
    dependsOn: readonly ITerraformDependable[],
  ): StorageBucket {
    const { project, labels } = this.platform;
    return setOrigin(
      new StorageBucket(scope, bucket.key, {
        ...bucketProps(bucket),
        project,
        labels: { ...labels, purpose: bucket.purpose },
        dependsOn: [...dependsOn],
      }),
      bucket,
    );
  }

  /** Its own state cannot be in the bucket it makes. The path is from the folder of the stack to that of cdktf.out. */
  protected override addBackend(): void {
    new LocalBackend(this, { path: `../../../${this.platform.prefix}.bootstrap.tfstate` });
  }
}
