import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';
import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member';
import { version as cdktfVersion } from 'cdktf/package.json';
import { RootConstruct } from 'constructs';
import { loadPlatforms, type Platform } from '../../src/model';
import { addStacks } from '../../stacks';
import { stableJson } from '../../stacks/stable-json';
import { terraformJson } from '../../stacks/terraform-json';
import { arbitraryConfig } from '../support/arbitrary-config';
import { fc } from '../support/property';
import { examplePlatform } from './platform-fixture';

function stacksOf(platform: Platform) {
  const root = new RootConstruct('');
  root.node.setContext('cdktfVersion', cdktfVersion);
  return addStacks(root, platform);
}

/** What cdktf gives. */
function theirs(stack: ReturnType<typeof stacksOf>[number]): string {
  stack.prepareStack();
  return stableJson(stack.toTerraform());
}

describe('terraformJson', () => {
  it('gives what cdktf gives, for any configuration', () => {
    fc.assert(
      fc.property(arbitraryConfig({ environments: { min: 0, max: 0 } }), (config) => {
        const [platform] = loadPlatforms({ name: 'platform.yaml', text: JSON.stringify(config) }).platforms;
        const ours = stacksOf(platform!).map((stack) => stableJson(terraformJson(stack)));
        expect(ours).toEqual(stacksOf(platform!).map(theirs));
      }),
      { numRuns: 4 },
    );
  });

  it('keeps both where two elements give a list, and follows references within a stack', () => {
    const [ours, other] = [1, 2].map(() => {
      const [stack] = stacksOf(examplePlatform('minimal'));
      const provider = new GoogleProvider(stack!, 'elsewhere', {
        alias: 'elsewhere',
        region: 'europe-west4',
      });
      const bucket = new StorageBucket(stack!, 'there', { name: 'there', location: 'EU', provider });
      new StorageBucketIamMember(stack!, 'member', {
        bucket: bucket.id,
        role: 'r',
        member: `m:${bucket.url}`,
      });
      return stack!;
    });
    const json = terraformJson(ours!);
    expect(json).toMatchObject({ provider: { google: [{}, { alias: 'elsewhere' }] } });
    expect(stableJson(json)).toBe(theirs(other!));
  });

  it('fails for a reference to another stack, which would ask for its state', () => {
    const [first, second] = stacksOf(examplePlatform('minimal'));
    const bucket = new StorageBucket(first!, 'referred', { name: 'referred', location: 'EU' });
    new StorageBucketIamMember(second!, 'referring', { bucket: bucket.id, role: 'r', member: 'm' });
    expect(() => terraformJson(first!)).not.toThrow();
    expect(() => terraformJson(second!)).toThrow(/App/);
  });
});
