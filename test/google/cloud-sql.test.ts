import {
  CloudSqlAdminUser,
  CloudSqlDatabase,
  CloudSqlIamMember,
  CloudSqlIamUser,
  CloudSqlInstance,
  type CloudSqlInstanceProps,
} from '../../src/google';
import { type Block, project, resourceOf, synthesize } from './support';

const props: CloudSqlInstanceProps = {
  project,
  region: 'us-west1',
  name: 'acme-main',
  databaseVersion: 'POSTGRES_18',
  tier: 'db-custom-1-3840',
  privateNetwork: 'projects/analysis-1/global/networks/acme',
  backups: { start: '02:00', retained: 14, transactionLogDays: 7 },
};
const instance = (more: Partial<CloudSqlInstanceProps> = {}): Block =>
  resourceOf(
    'google_sql_database_instance',
    'main',
    (stack) => new CloudSqlInstance(stack, 'main', { ...props, ...more }),
  ) ?? {};
const flags = (more: Partial<CloudSqlInstanceProps> = {}): Record<string, string> => {
  const { database_flags } = instance(more).settings as { database_flags: { name: string; value: string }[] };
  return Object.fromEntries(database_flags.map(({ name, value }) => [name, value]));
};

describe('CloudSqlInstance', () => {
  it('has a private address only, which only the Auth Proxy and connectors reach', () => {
    expect(instance({ allocatedIpRange: 'acme-databases' })).toHaveProperty('settings.ip_configuration', {
      ipv4_enabled: false,
      private_network: 'projects/analysis-1/global/networks/acme',
      ssl_mode: 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED',
      allocated_ip_range: 'acme-databases',
    });
    expect(instance()).toHaveProperty('settings.connector_enforcement', 'REQUIRED');
  });

  it('always names its edition, since the default of newer versions refuses the ordinary tiers', () => {
    expect(instance()).toHaveProperty('settings.edition', 'ENTERPRISE');
    expect(instance({ edition: 'ENTERPRISE_PLUS' })).toHaveProperty('settings.edition', 'ENTERPRISE_PLUS');
  });

  it('is backed up with point-in-time recovery, with a standby or without', () => {
    for (const highAvailability of [false, true]) {
      expect(instance({ highAvailability }).settings).toMatchObject({
        availability_type: highAvailability ? 'REGIONAL' : 'ZONAL',
        retain_backups_on_delete: true,
        backup_configuration: {
          enabled: true,
          start_time: '02:00',
          point_in_time_recovery_enabled: true,
          transaction_log_retention_days: 7,
          backup_retention_settings: { retained_backups: 14, retention_unit: 'COUNT' },
        },
      });
    }
  });

  it('is protected from deletion by Terraform and by Google, or by neither', () => {
    for (const deletionProtection of [true, false]) {
      expect(instance({ deletionProtection })).toMatchObject({
        deletion_protection: deletionProtection,
        settings: { deletion_protection_enabled: deletionProtection },
      });
    }
    expect(instance()).toHaveProperty('deletion_protection', true);
  });

  it('lets the disk grow without seeing that as a change', () => {
    expect(instance({ diskSizeGb: 100 })).toMatchObject({
      settings: { disk_size: 100, disk_autoresize: true },
      lifecycle: { ignore_changes: ['settings[0].disk_size'] },
    });
  });

  it('stays on, so that logins are read', () => {
    expect(instance()).toHaveProperty('settings.activation_policy', 'ALWAYS');
  });

  it('checks passwords', () => {
    expect(instance()).toHaveProperty(
      'settings.password_validation_policy',
      expect.objectContaining({ enable_password_policy: true, disallow_username_substring: true }),
    );
  });

  it('has the flags of the audits, and login by IAM', () => {
    expect(flags()).toEqual({
      'cloudsql.enable_pgaudit': 'on',
      'cloudsql.iam_authentication': 'on',
      log_checkpoints: 'on',
      log_connections: 'on',
      log_disconnections: 'on',
      log_duration: 'on',
      log_hostname: 'on',
      log_lock_waits: 'on',
      log_min_duration_statement: '-1',
      log_min_error_statement: 'error',
      log_min_messages: 'warning',
      log_statement: 'ddl',
      log_temp_files: '0',
    });
  });

  it('lays flags over its own, and sorts them', () => {
    const asked = flags({ flags: { max_connections: '200', log_duration: 'off' } });
    expect(asked).toMatchObject({ max_connections: '200', log_duration: 'off', log_connections: 'on' });
    expect(Object.keys(asked)).toEqual(Object.keys(asked).sort());
  });

  it('takes a key and labels', () => {
    expect(instance({ encryptionKey: 'key', labels: { team: 'data' } })).toMatchObject({
      encryption_key_name: 'key',
      settings: { user_labels: { team: 'data' } },
    });
  });
});

describe('a replica', () => {
  const replica = (more: Partial<CloudSqlInstanceProps> = {}) => {
    const { backups, ...rest } = props;
    expect(backups).toBeDefined();
    return (
      resourceOf(
        'google_sql_database_instance',
        'main_far',
        (stack) => new CloudSqlInstance(stack, 'main_far', { ...rest, replicaOf: 'acme-main', ...more }),
      ) ?? {}
    );
  };

  it('follows its instance, without backups, window and password policy of its own', () => {
    expect(replica({ zone: 'us-west1-b' })).toMatchObject({
      master_instance_name: 'acme-main',
      settings: { location_preference: { zone: 'us-west1-b' }, deletion_protection_enabled: true },
    });
    const settings = Object.keys(replica().settings as object);
    expect(settings).not.toContain('backup_configuration');
    expect(settings).not.toContain('retain_backups_on_delete');
    expect(settings).not.toContain('maintenance_window');
    expect(settings).not.toContain('password_validation_policy');
  });

  it('fails with backups, as an instance fails without', () => {
    const { backups, ...without } = props;
    expect(backups).toBeDefined();
    expect(() => instance({ replicaOf: 'acme-other' })).toThrow(/got both backups and replicaOf/);
    expect(() => synthesize((stack) => new CloudSqlInstance(stack, 'main', without))).toThrow(/got neither/);
  });
});

describe('how an instance is reached', () => {
  it('fails with two ways, and with none', () => {
    const { privateNetwork, ...without } = props;
    expect(privateNetwork).toBeDefined();
    expect(() => instance({ pscProjects: ['analysis-1'] })).toThrow(
      /got both privateNetwork and pscProjects/,
    );
    expect(() => synthesize((stack) => new CloudSqlInstance(stack, 'main', without))).toThrow(
      /got neither privateNetwork/,
    );
  });
});

describe('a clone', () => {
  it('takes its address from the range of the instance', () => {
    expect(
      instance({
        allocatedIpRange: 'acme-databases',
        clone: { instance: 'acme-prod', pointInTime: '2026-11-20T08:00:00Z' },
      }).clone,
    ).toEqual({
      source_instance_name: 'acme-prod',
      point_in_time: '2026-11-20T08:00:00Z',
      allocated_ip_range: 'acme-databases',
    });
    expect(instance()).not.toHaveProperty('clone');
  });
});

describe('CloudSqlIamMember', () => {
  it.each([
    ['user', 'CLOUD_IAM_USER'],
    ['group', 'CLOUD_IAM_GROUP'],
    ['serviceAccount', 'CLOUD_IAM_SERVICE_ACCOUNT'],
  ] as const)('makes the login of a %s without a password', (kind, type) => {
    const user = resourceOf(
      'google_sql_user',
      'main_one',
      (stack) =>
        new CloudSqlIamMember(stack, 'main_one', { project, instance: 'acme-main', kind, name: 'one@x' }),
    );
    expect(user).toMatchObject({ name: 'one@x', type, deletion_policy: 'ABANDON' });
    expect(Object.keys(user ?? {}).filter((key) => key.startsWith('password'))).toEqual([]);
  });
});

describe('CloudSqlDatabase', () => {
  it('holds UTF-8, and stays when it is no longer asked for', () => {
    expect(
      resourceOf(
        'google_sql_database',
        'main_airflow',
        (stack) =>
          new CloudSqlDatabase(stack, 'main_airflow', {
            project,
            instance: 'acme-main',
            name: 'airflow',
          }),
      ),
    ).toMatchObject({
      instance: 'acme-main',
      name: 'airflow',
      charset: 'UTF8',
      deletion_policy: 'ABANDON',
    });
  });
});

describe('CloudSqlIamUser', () => {
  it('is named by the e-mail without its end, and has no password', () => {
    const user = resourceOf(
      'google_sql_user',
      'main_airflow',
      (stack) =>
        new CloudSqlIamUser(stack, 'main_airflow', {
          project,
          instance: 'acme-main',
          serviceAccountEmail: 'acme-airflow@analysis-1.iam.gserviceaccount.com',
        }),
    );
    expect(user).toMatchObject({
      name: 'acme-airflow@analysis-1.iam',
      type: 'CLOUD_IAM_SERVICE_ACCOUNT',
      deletion_policy: 'ABANDON',
    });
    expect(Object.keys(user ?? {}).filter((key) => key.startsWith('password'))).toEqual([]);
  });
});

describe('CloudSqlAdminUser', () => {
  const admin = (rotation?: number) =>
    synthesize(
      (stack) =>
        new CloudSqlAdminUser(stack, 'main_admin', {
          project,
          instance: 'acme-main',
          name: 'admin',
          passwordSecret: 'projects/analysis-1/secrets/admin',
          ...(rotation === undefined ? {} : { rotation }),
        }),
    );

  it('has the password that is put into the secret, and Terraform keeps neither', () => {
    const { resource } = admin();
    const expression = '${ephemeral.random_password.main_admin.result}';
    expect(resource.google_sql_user?.main_admin).toMatchObject({ name: 'admin', password_wo: expression });
    expect(resource.google_sql_user?.main_admin).not.toHaveProperty('password');
    expect(resource.google_secret_manager_secret_version?.main_admin).toMatchObject({
      secret: 'projects/analysis-1/secrets/admin',
      secret_data_wo: expression,
    });
    expect(resource.google_secret_manager_secret_version?.main_admin).not.toHaveProperty('secret_data');
  });

  it('gets a new password whenever the secret gets a new version', () => {
    expect(admin().resource.google_sql_user?.main_admin).toHaveProperty(
      'password_wo_version',
      '${google_secret_manager_secret_version.main_admin.version}',
    );
    expect(admin(2).resource.google_secret_manager_secret_version?.main_admin).toHaveProperty(
      'secret_data_wo_version',
      2,
    );
  });

  it('has a password that the policy of the instance takes', () => {
    expect(admin().ephemeral?.random_password?.main_admin).toMatchObject({
      length: 32,
      min_lower: 1,
      min_upper: 1,
      min_numeric: 1,
      min_special: 1,
    });
  });
});
