import { LocalBackend } from 'cdktf';
import { Construct } from 'constructs';
import { ProjectServices, StorageBucket } from '../src/google';
import type { Platform } from '../src/model';
import { setOrigin } from './origin';
import { PlatformStack } from './platform-stack';

const storage = 'storage.googleapis.com';

/** What must be there before anything else: the bucket that the other stacks keep their state in. */
export class BootstrapStack extends PlatformStack {
  constructor(scope: Construct, platform: Platform) {
    super(scope, 'bootstrap', platform);
    const { project, labels, stateBucket } = platform;
    const services = new ProjectServices(this, 'services', { project, services: [storage] });
    setOrigin(
      new StorageBucket(this.group('buckets'), stateBucket.key, {
        project,
        name: stateBucket.name,
        location: stateBucket.location,
        labels: { ...labels, purpose: stateBucket.purpose },
        // An old state is what saves a platform after a mistake that was noticed late.
        noncurrentDays: 365,
        dependsOn: services.of(storage),
      }),
      stateBucket,
    );
  }

  /** Its own state cannot be in the bucket it makes. The path is from the folder of the stack to that of cdktf.out. */
  protected override addBackend(): void {
    new LocalBackend(this, { path: `../../../${this.platform.prefix}.bootstrap.tfstate` });
  }
}
