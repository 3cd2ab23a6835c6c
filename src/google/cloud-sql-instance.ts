import { SqlDatabaseInstance } from '@cdktf/provider-google/lib/sql-database-instance';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { postgresFlags } from './cloud-sql-flags';
import { dependencies, type LabelledEntityProps } from './entity';

/** Backups of an instance. Point-in-time recovery is always on. */
export interface CloudSqlBackups {
  /** Time of day when the daily backup begins, UTC, for example `02:00`. */
  readonly start: string;
  /** How many daily backups are kept. */
  readonly retained: number;
  /** How many days back a point-in-time recovery can go: at most 7, with ENTERPRISE_PLUS 35. */
  readonly transactionLogDays: number;
}

export interface CloudSqlInstanceProps extends LabelledEntityProps {
  /** Name of the instance. Changing this recreates it, and the old name stays taken for a week. */
  readonly name: string;
  /** Region. Changing this recreates the instance. */
  readonly region: string;
  /** Major version of PostgreSQL, for example `POSTGRES_18`. Raising it upgrades in place. */
  readonly databaseVersion: string;
  /**
   * Edition. It is always sent: from PostgreSQL 16 on, Google's own default is ENTERPRISE_PLUS, which refuses the tiers
   * `db-custom-*`.
   * @default 'ENTERPRISE'
   */
  readonly edition?: 'ENTERPRISE' | 'ENTERPRISE_PLUS';
  /** Machine: `db-custom-CPUS-MEGABYTES`, or `db-perf-optimized-N-CPUS` with ENTERPRISE_PLUS. */
  readonly tier: string;
  /**
   * First size of the disk, in GB; it grows by itself and never shrinks.
   * @default 10
   */
  readonly diskSizeGb?: number;
  /**
   * Whether a standby runs in another zone.
   * @default false
   */
  readonly highAvailability?: boolean;
  /** `projects/P/global/networks/N`; it needs private services access before the instance can be made. */
  readonly privateNetwork: string;
  /**
   * Name of the reserved range that the address is taken from.
   * @default - any range that is reserved on the network
   */
  readonly allocatedIpRange?: string;
  /** Daily backups. */
  readonly backups: CloudSqlBackups;
  /**
   * Database flags, laid over those of {@link postgresFlags}.
   * @default - only those
   */
  readonly flags?: Readonly<Record<string, string>>;
  /**
   * Whether Terraform and Google both refuse to delete the instance.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Cloud KMS key that encrypts the data. Changing this recreates the instance.
   * @default - Google's own key
   */
  readonly encryptionKey?: string;
}

/**
 * A Cloud SQL instance for PostgreSQL without a public address, which only the Auth Proxy and the connectors reach.
 *
 * @see https://cloud.google.com/sql/docs/postgres/private-ip
 */
export class CloudSqlInstance extends Construct {
  readonly instance: SqlDatabaseInstance;

  constructor(scope: Construct, id: string, props: CloudSqlInstanceProps) {
    super(scope, id);
    const deletionProtection = props.deletionProtection ?? true;
    this.instance = setAddress(
      new SqlDatabaseInstance(this, 'instance', {
        project: props.project,
        region: props.region,
        name: props.name,
        databaseVersion: props.databaseVersion,
        deletionProtection,
        ...(props.encryptionKey === undefined ? {} : { encryptionKeyName: props.encryptionKey }),
        settings: {
          tier: props.tier,
          edition: props.edition ?? 'ENTERPRISE',
          availabilityType: (props.highAvailability ?? false) ? 'REGIONAL' : 'ZONAL',
          // Logins are read only while an instance is always on.
          activationPolicy: 'ALWAYS',
          connectorEnforcement: 'REQUIRED',
          deletionProtectionEnabled: deletionProtection,
          retainBackupsOnDelete: true,
          diskType: 'PD_SSD',
          diskSize: props.diskSizeGb ?? 10,
          diskAutoresize: true,
          backupConfiguration: {
            enabled: true,
            startTime: props.backups.start,
            pointInTimeRecoveryEnabled: true,
            transactionLogRetentionDays: props.backups.transactionLogDays,
            backupRetentionSettings: { retainedBackups: props.backups.retained, retentionUnit: 'COUNT' },
          },
          ipConfiguration: {
            ipv4Enabled: false,
            privateNetwork: props.privateNetwork,
            sslMode: 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED',
            ...(props.allocatedIpRange === undefined ? {} : { allocatedIpRange: props.allocatedIpRange }),
          },
          databaseFlags: databaseFlags(props.flags ?? {}),
          insightsConfig: {
            queryInsightsEnabled: true,
            queryPlansPerMinute: 5,
            queryStringLength: 1024,
            recordApplicationTags: true,
            recordClientAddress: true,
          },
          maintenanceWindow: { day: 7, hour: 3, updateTrack: 'stable' },
          passwordValidationPolicy: {
            enablePasswordPolicy: true,
            complexity: 'COMPLEXITY_DEFAULT',
            disallowUsernameSubstring: true,
            minLength: 16,
            reuseInterval: 5,
          },
          userLabels: { ...props.labels },
        },
        // The disk grows by itself, and setting it back is an error.
        lifecycle: { ignoreChanges: ['settings[0].disk_size'] },
        timeouts: { create: '60m', update: '60m', delete: '60m' },
        ...dependencies(props),
      }),
      id,
    );
  }
}

/** Sorted by name, so that the order in which they were written never shows. */
function databaseFlags(asked: Readonly<Record<string, string>>) {
  return Object.entries({ ...postgresFlags, ...asked })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
}
