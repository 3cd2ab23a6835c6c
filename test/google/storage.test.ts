import {
  ArtifactRegistry,
  type ArtifactRegistryProps,
  StorageBucket,
  type StorageBucketProps,
} from '../../src/google';
import { type Block, project, synthesize } from './support';

const bucket = (more: Partial<StorageBucketProps> = {}) =>
  synthesize(
    (stack) =>
      new StorageBucket(stack, 'state', { project, name: 'acme-state', location: 'us-west1', ...more }),
  ).resource;

describe('StorageBucket', () => {
  it('can never be public, keeps old versions, and is not deleted while it holds anything', () => {
    expect(bucket().google_storage_bucket?.state).toMatchObject({
      uniform_bucket_level_access: true,
      public_access_prevention: 'enforced',
      versioning: { enabled: true },
      soft_delete_policy: { retention_duration_seconds: 604800 },
      force_destroy: false,
    });
  });

  it('deletes old versions after 30 days, or as long as it is told to wait', () => {
    expect(bucket().google_storage_bucket?.state).toHaveProperty(
      'lifecycle_rule.0.condition.days_since_noncurrent_time',
      30,
    );
    expect(bucket({ noncurrentDays: 365 }).google_storage_bucket?.state).toHaveProperty(
      'lifecycle_rule.0.condition.days_since_noncurrent_time',
      365,
    );
  });

  it('lets its writers at its objects, but not at the bucket', () => {
    const writers = { meltano: 'serviceAccount:m@analysis-1.iam.gserviceaccount.com' };
    expect(bucket({ writers }).google_storage_bucket_iam_member?.state_meltano).toMatchObject({
      bucket: '${google_storage_bucket.state.name}',
      role: 'roles/storage.objectUser',
      member: 'serviceAccount:m@analysis-1.iam.gserviceaccount.com',
    });
    expect(bucket()).not.toHaveProperty('google_storage_bucket_iam_member');
  });

  it('takes a key and a bucket for its logs', () => {
    expect(bucket({ kmsKey: 'key', accessLogBucket: 'logs' }).google_storage_bucket?.state).toMatchObject({
      encryption: { default_kms_key_name: 'key' },
      logging: { log_bucket: 'logs' },
    });
  });

  it('fails to log to itself', () => {
    expect(() => bucket({ accessLogBucket: 'acme-state' })).toThrow(
      "accessLogBucket: got 'acme-state', expected another bucket",
    );
  });
});

describe('ArtifactRegistry', () => {
  const registry = (more: Partial<ArtifactRegistryProps> = {}): Block =>
    synthesize(
      (stack) =>
        new ArtifactRegistry(stack, 'images', {
          project,
          name: 'acme-images',
          location: 'us-west1',
          format: 'docker',
          ...more,
        }),
    ).resource.google_artifact_registry_repository?.images ?? {};

  it('deletes old untagged versions for real, but keeps the newest', () => {
    expect(registry({ keepVersions: 5 })).toMatchObject({
      cleanup_policy_dry_run: false,
      cleanup_policies: [
        {
          id: 'delete-untagged',
          action: 'DELETE',
          condition: { tag_state: 'UNTAGGED', older_than: '2592000s' },
        },
        { id: 'keep-recent', action: 'KEEP', most_recent_versions: { keep_count: 5 } },
      ],
    });
  });

  it('holds images whose tags may be immutable, or Python packages', () => {
    expect(registry({ immutableTags: true })).toMatchObject({
      format: 'DOCKER',
      docker_config: { immutable_tags: true },
    });
    expect(registry({ format: 'python' })).toMatchObject({ format: 'PYTHON' });
    expect(registry({ format: 'python' })).not.toHaveProperty('docker_config');
  });

  it('takes a key', () => {
    expect(registry({ kmsKey: 'key' })).toHaveProperty('kms_key_name', 'key');
  });
});
