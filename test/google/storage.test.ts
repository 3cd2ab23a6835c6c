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

  it('moves objects to colder classes and deletes them in the end, old versions after their time', () => {
    expect(
      bucket({
        storageClass: 'NEARLINE',
        lifecycle: [
          { ageDays: 90, action: 'COLDLINE', prefix: 'daily/' },
          { ageDays: 365, action: 'delete' },
        ],
      }).google_storage_bucket?.state,
    ).toMatchObject({
      storage_class: 'NEARLINE',
      lifecycle_rule: expect.arrayContaining([
        {
          action: { type: 'SetStorageClass', storage_class: 'COLDLINE' },
          condition: { age: 90, with_state: 'ANY', matches_prefix: ['daily/'] },
        },
        { action: { type: 'Delete' }, condition: { age: 365, with_state: 'LIVE' } },
      ]),
    });
  });

  it('deletes at once what may be no day old', () => {
    expect(
      bucket({ lifecycle: [{ ageDays: 0, action: 'delete' }] }).google_storage_bucket?.state,
    ).toHaveProperty('lifecycle_rule.1.condition.send_age_if_zero', true);
  });

  it('keeps objects from everybody where retention is set, without versions then', () => {
    const state = bucket({ retention: { days: 30, locked: true } }).google_storage_bucket?.state;
    expect(state).toMatchObject({
      retention_policy: { retention_period: 2592000, is_locked: true },
      versioning: { enabled: false },
    });
    expect(JSON.stringify(state)).not.toContain('days_since_noncurrent_time');
    expect(bucket().google_storage_bucket?.state).not.toHaveProperty('retention_policy');
  });

  it('lets others in by the role that is said, one by one', () => {
    const grants = [
      { key: 'group:a@example.com', member: 'group:a@example.com', role: 'roles/storage.objectViewer' },
    ];
    const [[address, grant] = []] = Object.entries(bucket({ grants }).google_storage_bucket_iam_member ?? {});
    expect(address).toMatch(/^state_storage-objectViewer_group-a-example-com-[0-9a-f]{8}$/);
    expect(grant).toMatchObject({ role: 'roles/storage.objectViewer', member: 'group:a@example.com' });
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
    // A false would be asked for again at every plan.
    for (const made of [registry(), registry({ immutableTags: false }), registry({ format: 'python' })]) {
      expect(made).not.toHaveProperty('docker_config');
    }
  });

  it.each([
    ['docker-hub', 'docker', { docker_repository: { public_repository: 'DOCKER_HUB' } }],
    ['ghcr', 'docker', { docker_repository: { custom_repository: { uri: 'https://ghcr.io' } } }],
    ['pypi', 'python', { python_repository: { public_repository: 'PYPI' } }],
  ] as const)('can be a mirror of %s', (mirror, format, config) => {
    const made = registry({ mirror, format });
    expect(made).toMatchObject({ mode: 'REMOTE_REPOSITORY', remote_repository_config: config });
    // Tags move upstream, so none of a mirror can be immutable.
    expect(made).not.toHaveProperty('docker_config');
    expect(registry()).toMatchObject({ mode: 'STANDARD_REPOSITORY' });
    expect(registry()).not.toHaveProperty('remote_repository_config');
  });

  it('is scanned as the project has it, or never', () => {
    const path = 'vulnerability_scanning_config.enablement_config';
    expect(registry()).toHaveProperty(path, 'INHERITED');
    expect(registry({ vulnerabilityScanning: 'DISABLED' })).toHaveProperty(path, 'DISABLED');
    expect(registry({ format: 'python' })).not.toHaveProperty(path);
  });

  it('takes a key', () => {
    expect(registry({ kmsKey: 'key' })).toHaveProperty('kms_key_name', 'key');
  });
});
