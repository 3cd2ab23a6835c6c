import { type Break, breaksOf, gone } from '../break';

/** How each rule on buckets and repositories is broken, starting from the compliant fixture. */
export const storageBreaks: readonly Break[] = [
  ...breaksOf('google_storage_bucket.logs', [
    ['uniform_bucket_level_access', false, 'TL-GCS-001'],
    ['public_access_prevention', 'inherited', 'TL-GCS-002'],
    ['versioning.enabled', false, 'TL-GCS-003'],
    ['soft_delete_policy.retention_duration_seconds', 0, 'TL-GCS-004'],
    ['soft_delete_policy.retention_duration_seconds', 86400, 'TL-GCS-004'],
    ['force_destroy', true, 'TL-GCS-005'],
    ['force_destroy', gone, 'TL-GCS-005'],
    ['lifecycle_rule', [], 'TL-GCS-006'],
    [
      'lifecycle_rule.0.action',
      { type: 'SetStorageClass' },
      ['TL-GCS-006', 'lifecycle_rule[0].action.storage_class'],
    ],
    [
      'lifecycle_rule.0.condition.days_since_noncurrent_time',
      0,
      ['TL-GCS-006', 'lifecycle_rule[0].condition'],
    ],
    ['lifecycle_rule.0.condition', {}, ['TL-GCS-006', 'lifecycle_rule[0].condition']],
    [
      'lifecycle_rule.0.condition.with_state',
      'ANY',
      ['TL-GCS-006', 'lifecycle_rule[0].condition.with_state'],
    ],
    ['storage_class', gone, 'TL-GCS-007'],
    ['labels', gone, 'TL-GCS-008'],
  ]),
  ...breaksOf('google_storage_bucket.held', [['retention_policy.retention_period', 0, 'TL-GCS-009']]),
  ...breaksOf('google_artifact_registry_repository.images', [
    ['cleanup_policies', [], 'TL-GAR-001'],
    ['cleanup_policy_dry_run', true, 'TL-GAR-005'],
    ['vulnerability_scanning_config.enablement_config', 'DISABLED', 'TL-GAR-002'],
    ['docker_config.immutable_tags', false, 'TL-GAR-003'],
    ['format', gone, 'TL-GAR-004'],
    ['mode', gone, 'TL-GAR-004'],
    ['cleanup_policies.0.action', 'KEEP', ['TL-GAR-005', 'cleanup_policies']],
    ['cleanup_policies.0.condition', gone, ['TL-GAR-005', 'cleanup_policies[delete-untagged].action']],
    ['cleanup_policies.1.action', 'DELETE', ['TL-GAR-005', 'cleanup_policies[keep-recent].action']],
    ['labels', {}, 'TL-GAR-006'],
  ]),
  ...breaksOf('google_artifact_registry_repository.mirror', [
    ['mode', 'STANDARD_REPOSITORY', ['TL-GAR-003', 'docker_config.immutable_tags'], 'TL-GAR-007'],
    ['remote_repository_config.docker_repository', {}, 'TL-GAR-007'],
    [
      'remote_repository_config.docker_repository',
      { custom_repository: { uri: 'http://registry.example.com' } },
      'TL-GAR-007',
    ],
  ]),
];
