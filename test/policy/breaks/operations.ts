import { type Break, breaksOf, gone } from '../break';

/** How each rule on alerts, logs and budgets is broken, starting from the compliant fixture. */
export const operationsBreaks: readonly Break[] = [
  ...breaksOf('google_monitoring_alert_policy.pods', [
    ['notification_channels', [], 'TL-MON-001'],
    ['enabled', false, 'TL-MON-002'],
    ['severity', gone, 'TL-MON-002'],
    ['conditions', [], 'TL-MON-002'],
  ]),
  ...breaksOf('google_monitoring_alert_policy.web', [
    ['enabled', false, 'TL-MON-002', ['TL-MON-004', 'display_name']],
    ['notification_channels', [], 'TL-MON-001', ['TL-MON-004', 'display_name']],
    [
      'conditions.0.condition_threshold.filter',
      'metric.labels.check_id = "${google_monitoring_uptime_check_config.web2.uptime_check_id}"',
      ['TL-MON-004', 'display_name'],
    ],
  ]),
  ...breaksOf('google_monitoring_uptime_check_config.web', [
    ['http_check.use_ssl', false, 'TL-MON-003'],
    ['http_check.validate_ssl', false, 'TL-MON-003'],
  ]),
  ...breaksOf('google_monitoring_notification_channel.team', [
    ['enabled', false, 'TL-MON-005'],
    ['force_delete', true, 'TL-MON-005'],
    ['labels', {}, 'TL-MON-005'],
    ['type', gone, 'TL-MON-005'],
  ]),
  ...breaksOf('google_logging_project_sink.errors', [
    ['unique_writer_identity', false, 'TL-LOG-001'],
    ['filter', gone, 'TL-LOG-002'],
    ['filter', 'severity>=DEFAULT', 'TL-LOG-002'],
    ['destination', 'storage.googleapis.com/another-bucket', 'TL-LOG-003'],
  ]),
  ...breaksOf('google_logging_project_sink.audit', [
    ['destination', 'bigquery.googleapis.com/projects/acme-data/datasets/other', 'TL-LOG-003'],
  ]),
  ...breaksOf('google_bigquery_dataset_iam_member.audit', [
    ['role', 'roles/bigquery.dataViewer', ['TL-LOG-003', 'destination']],
  ]),
  ...breaksOf('google_storage_bucket_iam_member.sink', [
    ['member', '${google_logging_project_sink.errors2.writer_identity}', ['TL-LOG-003', 'destination']],
  ]),
  ...breaksOf('google_pubsub_topic_iam_member.events_sink', [
    ['topic', 'dead', ['TL-LOG-003', 'destination']],
  ]),
  ...breaksOf('google_logging_project_exclusion.health', [
    ['filter', '', 'TL-LOG-004'],
    ['filter', 'log_id("cloudaudit.googleapis.com/data_access")', 'TL-LOG-004'],
    ['filter', 'logName:"cloudaudit.googleapis.com%2Factivity"', 'TL-LOG-004'],
    ['filter', 'protoPayload.@type="type.googleapis.com/google.cloud.audit.AuditLog"', 'TL-LOG-004'],
  ]),
  ...breaksOf('google_project_iam_audit_config.all', [
    ['audit_log_config', [{ log_type: 'ADMIN_READ' }, { log_type: 'DATA_WRITE' }], 'TL-LOG-005'],
    [
      'audit_log_config.1.exempted_members',
      ['user:root@example.com'],
      ['TL-LOG-005', 'audit_log_config.exempted_members'],
    ],
  ]),
  ...breaksOf('google_billing_budget.platform', [
    ['threshold_rules', [], 'TL-BUD-001'],
    ['threshold_rules', [{ threshold_percent: 1.5 }], 'TL-BUD-001'],
    [
      'all_updates_rule',
      { disable_default_iam_recipients: true },
      ['TL-BUD-002', 'all_updates_rule.disable_default_iam_recipients'],
    ],
    ['budget_filter.projects', [], 'TL-BUD-003'],
    ['budget_filter.projects', ['projects/acme-data'], 'TL-BUD-003'],
    ['amount', gone, 'TL-BUD-003'],
  ]),
];
