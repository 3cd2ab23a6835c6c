import type { RuleId } from '../../src/config/policy-rules';
import { gone } from './break';

/** A change of one value of the compliant fixture after which a rule is no longer about the resource. */
export interface Exemption {
  readonly rule: RuleId;
  readonly address: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

type Row = readonly [rule: RuleId, address: string, path: string, value: unknown];

const standard = 'google_container_cluster.standard';
const autopilot = 'google_container_cluster.autopilot';
const instance = 'google_sql_database_instance.main';
const events = 'google_pubsub_subscription.events_loader';

/** Rules that judge some resources of a type only, with one of those that they do not judge. */
const rows: readonly Row[] = [
  // Google runs the nodes of such a cluster, and refuses most of what is said of them.
  ['TL-GKE-003', standard, 'enable_autopilot', true],
  ['TL-GKE-005', standard, 'enable_autopilot', true],
  ['TL-GKE-006', standard, 'enable_autopilot', true],
  ['TL-GKE-007', standard, 'enable_autopilot', 'true'],
  ['TL-GKE-008', standard, 'enable_autopilot', true],
  ['TL-GKE-009', standard, 'enable_autopilot', true],
  ['TL-GKE-017', standard, 'enable_autopilot', true],
  ['TL-GKE-018', standard, 'enable_autopilot', true],
  ['TL-GKE-027', autopilot, 'enable_autopilot', false],
  ['TL-GKE-028', autopilot, 'enable_autopilot', gone],
  // What is not asked for at all.
  ['TL-GKE-020', standard, 'database_encryption', gone],
  ['TL-GKE-021', standard, 'notification_config', gone],
  ['TL-GKE-022', standard, 'authenticator_groups_config', gone],
  ['TL-GKE-025', standard, 'gateway_api_config', gone],
  ['TL-GKE-026', standard, 'secret_manager_config', gone],
  ['TL-GKE-029', autopilot, 'maintenance_policy.maintenance_exclusion', []],
  ['TL-GKE-030', autopilot, 'addons_config.gke_backup_agent_config', gone],
  ['TL-GKE-015', standard, 'maintenance_policy.daily_maintenance_window', { start_time: '03:00' }],
  ['TL-NODE-001', standard, 'node_config', gone],
  ['TL-NODE-011', 'google_container_node_pool.main', 'upgrade_settings.strategy', 'BLUE_GREEN'],
  ['TL-NODE-012', 'google_container_node_pool.main', 'autoscaling', gone],
  ['TL-NODE-012', 'google_container_node_pool.main', 'node_config.spot', true],
  ['TL-NODE-013', 'google_container_node_pool.spot', 'node_config.spot', false],
  ['TL-NODE-014', 'google_container_node_pool.main', 'node_config.workload_metadata_config', gone],
  ['TL-NODE-014', 'google_container_node_pool.main', 'cluster', 'of-somebody-else'],
  // A replica has the backups, the users and the protection of its primary.
  ['TL-SQL-005', instance, 'master_instance_name', 'other'],
  ['TL-SQL-006', instance, 'master_instance_name', 'other'],
  ['TL-SQL-007', instance, 'master_instance_name', 'other'],
  ['TL-SQL-008', instance, 'master_instance_name', 'other'],
  ['TL-SQL-013', instance, 'master_instance_name', 'other'],
  ['TL-SQL-017', instance, 'master_instance_name', 'other'],
  ['TL-SQL-018', instance, 'master_instance_name', 'other'],
  ['TL-SQL-022', instance, 'master_instance_name', 'other'],
  // Flags of PostgreSQL.
  ['TL-SQL-009', instance, 'database_version', 'MYSQL_8_4'],
  ['TL-SQL-010', instance, 'database_version', 'MYSQL_8_4'],
  ['TL-SQL-013', instance, 'database_version', 'SQLSERVER_2022_STANDARD'],
  ['TL-SQL-024', 'google_sql_user.iam', 'password_wo', '${ephemeral.random_password.a.result}'],
  ['TL-SQL-026', 'google_sql_user.admin', 'password_wo', gone],
  // A bucket with a retention policy can keep no versions.
  ['TL-GCS-003', 'google_storage_bucket.logs', 'retention_policy', { retention_period: 1 }],
  ['TL-GCS-009', 'google_storage_bucket.held', 'retention_policy', gone],
  ['TL-GAR-001', 'google_artifact_registry_repository.images', 'mode', 'VIRTUAL_REPOSITORY'],
  ['TL-GAR-002', 'google_artifact_registry_repository.images', 'format', 'PYTHON'],
  ['TL-GAR-003', 'google_artifact_registry_repository.images', 'mode', 'REMOTE_REPOSITORY'],
  ['TL-GAR-005', 'google_artifact_registry_repository.images', 'cleanup_policies', []],
  ['TL-KMS-001', 'google_kms_crypto_key.disks', 'purpose', 'ASYMMETRIC_SIGN'],
  ['TL-SEC-008', 'google_secret_manager_secret.rotated', 'rotation', gone],
  ['TL-NET-003', 'google_compute_subnetwork.platform', 'purpose', 'REGIONAL_MANAGED_PROXY'],
  ['TL-NET-004', 'google_compute_subnetwork.platform', 'purpose', 'PRIVATE_SERVICE_CONNECT'],
  ['TL-NET-005', 'google_compute_subnetwork.platform', 'ipv6_access_type', 'INTERNAL'],
  ['TL-FW-001', 'google_compute_firewall.health-checks', 'disabled', true],
  ['TL-FW-001', 'google_compute_firewall.health-checks', 'direction', 'EGRESS'],
  ['TL-FW-004', 'google_compute_firewall.deny-all-ingress', 'x', 'x'],
  ['TL-FW-006', 'google_compute_firewall.runner-to-version', 'disabled', true],
  ['TL-FW-007', 'google_compute_firewall.nobody-to-version', 'destination_ranges', ['0.0.0.0/0']],
  ['TL-FW-008', 'google_compute_firewall.runner-to-version', 'disabled', true],
  ['TL-ARM-001', 'google_compute_security_policy.web', 'rule', []],
  ['TL-DNS-001', 'google_dns_managed_zone.public', 'visibility', 'private'],
  // What is made elsewhere, or named only once it is there.
  ['TL-DNS-002', 'google_dns_record_set.public_web', 'managed_zone', 'of-somebody-else'],
  ['TL-DNS-002', 'google_dns_record_set.public_web', 'name', '${google_sql_database_instance.main.dns_name}'],
  ['TL-DNS-003', 'google_dns_record_set.public_web', 'type', 'TXT'],
  ['TL-DNS-003', 'google_dns_record_set.private_db', 'x', 'x'],
  ['TL-CERT-001', 'google_certificate_manager_certificate.uploaded', 'x', 'x'],
  [
    'TL-CERT-001',
    'google_certificate_manager_certificate.web',
    'managed.dns_authorizations',
    ['elsewhere/a'],
  ],
  ['TL-CERT-001', 'google_certificate_manager_certificate.web', 'managed.issuance_config', 'own-authority'],
  ['TL-CERT-002', 'google_certificate_manager_certificate_map_entry.web', 'hostname', gone],
  ['TL-CERT-002', 'google_certificate_manager_certificate_map_entry.web', 'certificates', ['elsewhere/a']],
  ['TL-CERT-003', 'google_certificate_manager_dns_authorization.elsewhere', 'x', 'x'],
  ['TL-PS-006', events, 'dead_letter_policy', gone],
  ['TL-PS-007', events, 'push_config', gone],
  ['TL-PS-008', events, 'dead_letter_policy.dead_letter_topic', 'projects/elsewhere/topics/theirs'],
  ['TL-LOG-004', 'google_logging_project_exclusion.off', 'x', 'x'],
  ['TL-MON-003', 'google_monitoring_uptime_check_config.web', 'http_check', gone],
  ['TL-SA-002', 'v1/ServiceAccount/orchestration/airflow-main', 'metadata.annotations', {}],
];

export const exemptions: readonly Exemption[] = rows.map(([rule, address, path, value]) => ({
  rule,
  address,
  path: path.split('.'),
  value,
}));
