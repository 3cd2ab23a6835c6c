import { type Break, breaksOf, gone } from '../break';

/** How each rule on secrets and keys is broken, starting from the compliant fixture. */
export const secretBreaks: readonly Break[] = [
  ...breaksOf('google_secret_manager_secret.token', [
    ['replication', gone, 'TL-SEC-003'],
    ['replication.user_managed.replicas', [], ['TL-SEC-003', 'replication']],
    ['version_destroy_ttl', '3600s', 'TL-SEC-004'],
    ['version_destroy_ttl', gone, 'TL-SEC-004'],
    ['labels', {}, 'TL-SEC-005'],
    ['deletion_protection', false, 'TL-SEC-007'],
    ['topics', [], 'TL-SEC-008'],
  ]),
  ...breaksOf('google_secret_manager_secret_version.jwt-secret', [
    ['secret_data_wo', 'hunter2', 'TL-SEC-001'],
    ['secret_data', '${var.token}', 'TL-SEC-002'],
  ]),
  ...breaksOf('ephemeral.random_password.jwt', [
    ['length', 8, 'TL-SEC-006'],
    ['min_lower', 0, 'TL-SEC-006'],
    ['min_numeric', 0, 'TL-SEC-006'],
    ['min_upper', 0, 'TL-SEC-006'],
  ]),
  ...breaksOf('google_kms_crypto_key.disks', [
    ['rotation_period', '31536000s', 'TL-KMS-001'],
    ['rotation_period', gone, 'TL-KMS-001'],
    ['lifecycle.prevent_destroy', false, 'TL-KMS-002'],
    ['destroy_scheduled_duration', '86400s', 'TL-KMS-003'],
    ['purpose', gone, 'TL-KMS-003'],
    ['version_template.algorithm', gone, 'TL-KMS-003'],
    ['version_template.protection_level', gone, 'TL-KMS-003'],
  ]),
];
