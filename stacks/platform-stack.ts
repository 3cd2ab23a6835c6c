import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { GcsBackend, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { Platform } from '../src/model';
import { setOrigin } from './origin';

/**
 * What every stack has: the provider and a backend that is written out.
 *
 * Stacks know each other's names from the model, never by outputs, so each can be planned on its own; that leaves no
 * trace of their order, so it is said by `addDependency`.
 */
export abstract class PlatformStack extends TerraformStack {
  constructor(
    scope: Construct,
    id: string,
    protected readonly platform: Platform,
  ) {
    super(scope, id);
    setOrigin(this, { origin: ['google'] });
    new GoogleProvider(this, 'google', { project: platform.project, region: platform.region });
    this.addBackend();
  }

  /** Where the state is: in the state bucket, below the id of the stack. */
  protected addBackend(): void {
    new GcsBackend(this, { bucket: this.platform.stateBucket.name, prefix: this.node.id });
  }

  /** A folder in the construct tree, so that entities of different kinds may have the same key. */
  protected group(id: string): Construct {
    return new Construct(this, id);
  }

  /** IAM members by key, of the identities with these keys. */
  protected membersOf(keys: readonly string[]): Record<string, string> {
    return Object.fromEntries(
      keys.map((key) => {
        const identity = this.platform.identities.find((one) => one.key === key);
        if (identity === undefined)
          throw new Error(`the model names an identity '${key}' that it does not hold`);
        return [key, identity.member];
      }),
    );
  }
}
