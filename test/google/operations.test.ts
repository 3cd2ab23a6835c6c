import {
  AlertPolicy,
  type AlertPolicyProps,
  AuditConfig,
  BillingBudget,
  LogExclusion,
  LogMetric,
  LogSink,
  type LogSinkDestination,
  NotificationChannel,
  PlatformDashboard,
  UptimeCheck,
} from '../../src/google';
import { project, resourceOf, synthesize } from './support';

describe('a log sink', () => {
  const sink = (destination: LogSinkDestination) =>
    synthesize(
      (stack) =>
        new LogSink(stack, 'errors', {
          project,
          name: 'acme-errors',
          filter: 'severity>=ERROR',
          destination,
        }),
    ).resource;
  const writer = '${google_logging_project_sink.errors.writer_identity}';

  it('writes as itself into a bucket, and may only add', () => {
    const resource = sink({ kind: 'bucket', name: 'acme-exports' });
    expect(resource.google_logging_project_sink?.errors).toMatchObject({
      destination: 'storage.googleapis.com/acme-exports',
      unique_writer_identity: true,
    });
    expect(resource.google_storage_bucket_iam_member?.errors).toMatchObject({
      bucket: 'acme-exports',
      role: 'roles/storage.objectCreator',
      member: writer,
    });
  });

  it('publishes to a topic', () => {
    const resource = sink({ kind: 'topic', id: 'projects/analysis-1/topics/errors' });
    expect(resource.google_logging_project_sink?.errors).toMatchObject({
      destination: 'pubsub.googleapis.com/projects/analysis-1/topics/errors',
    });
    expect(resource.google_pubsub_topic_iam_member?.errors).toMatchObject({
      role: 'roles/pubsub.publisher',
      member: writer,
    });
  });

  it('makes its dataset first, whose old partitions go and whose contents are not deleted with it', () => {
    const resource = sink({ kind: 'dataset', name: 'acme_errors', location: 'us-west1', retentionDays: 2 });
    expect(resource.google_bigquery_dataset?.errors).toMatchObject({
      default_partition_expiration_ms: 172800000,
      delete_contents_on_destroy: false,
    });
    expect(resource.google_logging_project_sink?.errors).toMatchObject({
      bigquery_options: { use_partitioned_tables: true },
      depends_on: ['google_bigquery_dataset.errors'],
    });
    expect(resource.google_bigquery_dataset_iam_member?.errors).toMatchObject({ member: writer });
    expect(resource.google_bigquery_dataset?.errors).not.toHaveProperty('default_encryption_configuration');
  });

  it('encrypts its dataset with the key that it is given', () => {
    const kmsKey = 'projects/analysis-1/locations/us-west1/keyRings/acme/cryptoKeys/datasets';
    const resource = sink({
      kind: 'dataset',
      name: 'errors',
      location: 'us-west1',
      retentionDays: 2,
      kmsKey,
    });
    expect(resource.google_bigquery_dataset?.errors).toMatchObject({
      default_encryption_configuration: { kms_key_name: kmsKey },
    });
  });
});

describe('a log metric', () => {
  const metric = (more: object) =>
    resourceOf(
      'google_logging_metric',
      'rows',
      (stack) => new LogMetric(stack, 'rows', { project, name: 'rows', filter: 'x', ...more }),
    );

  it('counts entries', () => {
    expect(metric({})).toMatchObject({ metric_descriptor: { metric_kind: 'DELTA', value_type: 'INT64' } });
    expect(metric({})).not.toHaveProperty('value_extractor');
  });

  it('keeps the distribution of a number, and declares each label that it takes', () => {
    const labels = { tap: 'EXTRACT(jsonPayload.tap)' };
    expect(metric({ value: 'EXTRACT(jsonPayload.rows)', labels })).toMatchObject({
      metric_descriptor: { value_type: 'DISTRIBUTION', labels: [{ key: 'tap', value_type: 'STRING' }] },
      label_extractors: labels,
      value_extractor: 'EXTRACT(jsonPayload.rows)',
    });
  });
});

it('throws entries away by an exclusion', () => {
  expect(
    resourceOf(
      'google_logging_project_exclusion',
      'health',
      (stack) =>
        new LogExclusion(stack, 'health', { project, name: 'health', filter: 'x', description: 'why' }),
    ),
  ).toMatchObject({ filter: 'x', description: 'why' });
});

it('logs every kind of access to a service', () => {
  const config = resourceOf(
    'google_project_iam_audit_config',
    'storage',
    (stack) => new AuditConfig(stack, 'storage', { project, service: 'storage.googleapis.com' }),
  );
  expect(config?.audit_log_config).toEqual([
    { log_type: 'ADMIN_READ' },
    { log_type: 'DATA_READ' },
    { log_type: 'DATA_WRITE' },
  ]);
});

it('tells an e-mail address, and cannot be deleted while alerts go through it', () => {
  expect(
    resourceOf(
      'google_monitoring_notification_channel',
      'mail',
      (stack) =>
        new NotificationChannel(stack, 'mail', { project, displayName: 'Mail', email: 'a@example.com' }),
    ),
  ).toMatchObject({ type: 'email', labels: { email_address: 'a@example.com' }, force_delete: false });
});

describe('an alert', () => {
  const alert = (condition: AlertPolicyProps['condition']) =>
    resourceOf(
      'google_monitoring_alert_policy',
      'a',
      (stack) =>
        new AlertPolicy(stack, 'a', {
          project,
          displayName: 'A',
          severity: 'ERROR',
          channels: ['c'],
          condition,
        }),
    );

  it('on a query is accepted before the first value of its metric', () => {
    const policy = alert({ kind: 'promql', query: 'up < 1', durationSeconds: 300 });
    expect(policy).toMatchObject({
      severity: 'ERROR',
      notification_channels: ['c'],
      conditions: [
        {
          condition_prometheus_query_language: {
            query: 'up < 1',
            duration: '300s',
            disable_metric_validation: true,
          },
        },
      ],
    });
    expect(policy).not.toHaveProperty('alert_strategy');
  });

  it('on a log entry has the rate limit that Google requires', () => {
    expect(alert({ kind: 'log', filter: 'severity>=ERROR' })).toMatchObject({
      conditions: [{ condition_matched_log: { filter: 'severity>=ERROR' } }],
      alert_strategy: { notification_rate_limit: { period: '300s' } },
    });
  });
});

it('asks by HTTPS with a valid certificate, and alerts on its own check', () => {
  const { resource } = synthesize(
    (stack) =>
      new UptimeCheck(stack, 'web', {
        project,
        displayName: 'Web',
        host: 'web.example.com',
        path: '/health',
        periodSeconds: 300,
        timeoutSeconds: 10,
        statuses: [302],
        severity: 'ERROR',
        channels: ['c'],
      }),
  );
  expect(resource.google_monitoring_uptime_check_config?.web).toMatchObject({
    period: '300s',
    http_check: {
      use_ssl: true,
      validate_ssl: true,
      port: 443,
      accepted_response_status_codes: [{ status_value: 302 }],
    },
    monitored_resource: { type: 'uptime_url', labels: { project_id: project, host: 'web.example.com' } },
  });
  expect(JSON.stringify(resource.google_monitoring_alert_policy?.web_uptime)).toContain(
    '${google_monitoring_uptime_check_config.web.uptime_check_id}',
  );
});

describe('the dashboard', () => {
  const tiles = (databases: string[]) => {
    const resource = resourceOf(
      'google_monitoring_dashboard',
      'platform',
      (stack) =>
        new PlatformDashboard(stack, 'platform', {
          project,
          displayName: 'Acme',
          clusters: ['acme'],
          databases,
        }),
    );
    const dashboard = JSON.parse(String(resource?.dashboard_json)) as {
      mosaicLayout: {
        columns: number;
        tiles: { xPos?: number; yPos?: number; width: number; height: number }[];
      };
    };
    return dashboard.mosaicLayout;
  };

  it('has no two charts in the same place, and none beyond the edge', () => {
    for (const databases of [[], ['analysis-1:main']]) {
      const layout = tiles(databases);
      const cells = layout.tiles.flatMap(({ xPos = 0, yPos = 0, width, height }) => {
        expect(xPos + width).toBeLessThanOrEqual(layout.columns);
        return Array.from(
          { length: width * height },
          (_, i) => `${xPos + (i % width)},${yPos + Math.floor(i / width)}`,
        );
      });
      expect(new Set(cells).size).toBe(cells.length);
    }
  });

  it('says nothing of positions that are 0, which Google leaves out of its answer', () => {
    for (const tile of tiles(['analysis-1:main']).tiles) expect([tile.xPos, tile.yPos]).not.toContain(0);
  });

  it('shows databases only where there are any', () => {
    expect(JSON.stringify(tiles([]))).not.toContain('cloudsql');
    expect(JSON.stringify(tiles(['analysis-1:main']))).toContain('analysis-1:main');
  });
});

it('budgets by the number of the project, and tells the forecast at the whole amount', () => {
  const budget = resourceOf(
    'google_billing_budget',
    'platform',
    (stack) =>
      new BillingBudget(stack, 'platform', {
        displayName: 'Acme',
        billingAccount: '01AB23-CD45EF-678901',
        projectNumber: '123456789012',
        monthlyAmount: 100,
        currency: 'EUR',
        thresholds: [0.5, 1],
      }),
  );
  expect(budget).toMatchObject({
    budget_filter: { projects: ['projects/123456789012'] },
    amount: { specified_amount: { currency_code: 'EUR', units: '100' } },
    threshold_rules: [
      { threshold_percent: 0.5, spend_basis: 'CURRENT_SPEND' },
      { threshold_percent: 1, spend_basis: 'CURRENT_SPEND' },
      { threshold_percent: 1, spend_basis: 'FORECASTED_SPEND' },
    ],
  });
  expect(budget).not.toHaveProperty('all_updates_rule');
});
