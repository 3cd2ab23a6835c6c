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
  /**
   * Region or multi-region that keeps them, for example `us`.
   * @default - the multi-region that is nearest to the instance
   */
  readonly location?: string;
}

/** What Query Insights keeps. */
export interface CloudSqlInsights {
  /** How much of a query, in bytes. */
  readonly queryStringLength: number;
  readonly queryPlansPerMinute: number;
  readonly recordClientAddress: boolean;
  readonly recordApplicationTags: boolean;
}

/** When Google may do maintenance. */
export interface CloudSqlMaintenance {
  /** Day of the week, 1 is Monday. */
  readonly day: number;
  /** Hour of the day, UTC. */
  readonly hour: number;
  /** `canary` a week after the notice, `stable` two, `week5` five. */
  readonly track: 'canary' | 'stable' | 'week5';
  /**
   * Days without maintenance, at most 90, and the time when they begin and end.
   * @default - none
   */
  readonly deny?: { readonly start: string; readonly end: string; readonly time: string };
}

/** What an instance is made as a copy of. Changing it recreates the instance. */
export interface CloudSqlClone {
  /** Name of the instance that is copied. */
  readonly instance: string;
  /**
   * Moment whose state is copied, RFC 3339.
   * @default - the moment of making
   */
  readonly pointInTime?: string;
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
  /**
   * `projects/P/global/networks/N`; it needs private services access before the instance can be made.
   * @default - none; then {@link pscProjects} says how it is reached
   */
  readonly privateNetwork?: string;
  /**
   * Projects that may reach it by Private Service Connect. Changing from or to it recreates the instance.
   * @default - it has a private address instead
   */
  readonly pscProjects?: readonly string[];
  /**
   * Name of the reserved range that the address is taken from.
   * @default - any range that is reserved on the network
   */
  readonly allocatedIpRange?: string;
  /**
   * Daily backups.
   * @default - none, which only replicas may have
   */
  readonly backups?: CloudSqlBackups;
  /** @default - 1024 bytes of a query, five plans a minute, addresses and tags of clients */
  readonly insights?: CloudSqlInsights;
  /** @default - Sunday at three o'clock UTC, two weeks after the notice */
  readonly maintenance?: CloudSqlMaintenance;
  /**
   * Instance that it follows, and of which it can only be read.
   * @default - it is an instance of its own
   */
  readonly replicaOf?: string;
  /**
   * Zone, for example `us-west1-a`.
   * @default - Google chooses
   */
  readonly zone?: string;
  /** @default - it begins empty */
  readonly clone?: CloudSqlClone;
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
    checkPlace(this, props);
    const deletionProtection = props.deletionProtection ?? true;
    this.instance = setAddress(
      new SqlDatabaseInstance(this, 'instance', {
        project: props.project,
        region: props.region,
        name: props.name,
        databaseVersion: props.databaseVersion,
        deletionProtection,
        ...(props.encryptionKey === undefined ? {} : { encryptionKeyName: props.encryptionKey }),
        ...(props.replicaOf === undefined ? {} : { masterInstanceName: props.replicaOf }),
        ...(props.clone === undefined ? {} : { clone: cloneOf(props.clone, props.allocatedIpRange) }),
        settings: {
          tier: props.tier,
          edition: props.edition ?? 'ENTERPRISE',
          availabilityType: (props.highAvailability ?? false) ? 'REGIONAL' : 'ZONAL',
          // Logins are read only while an instance is always on.
          activationPolicy: 'ALWAYS',
          connectorEnforcement: 'REQUIRED',
          deletionProtectionEnabled: deletionProtection,
          // A replica has no backups that could be kept.
          ...(props.replicaOf === undefined ? { retainBackupsOnDelete: true } : {}),
          diskType: 'PD_SSD',
          diskSize: props.diskSizeGb ?? 10,
          diskAutoresize: true,
          ...(props.zone === undefined ? {} : { locationPreference: { zone: props.zone } }),
          ...(props.backups === undefined ? {} : { backupConfiguration: backupsOf(props.backups) }),
          ipConfiguration: {
            ipv4Enabled: false,
            sslMode: 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED',
            ...(props.privateNetwork === undefined ? {} : { privateNetwork: props.privateNetwork }),
            ...(props.allocatedIpRange === undefined ? {} : { allocatedIpRange: props.allocatedIpRange }),
            ...(props.pscProjects === undefined
              ? {}
              : { pscConfig: [{ pscEnabled: true, allowedConsumerProjects: [...props.pscProjects] }] }),
          },
          databaseFlags: databaseFlags(props.flags ?? {}),
          insightsConfig: { queryInsightsEnabled: true, ...(props.insights ?? defaultInsights) },
          ...maintenanceOf(props),
          // A replica has the passwords of its instance.
          ...(props.replicaOf === undefined ? { passwordValidationPolicy: passwordPolicy } : {}),
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

const passwordPolicy = {
  enablePasswordPolicy: true,
  complexity: 'COMPLEXITY_DEFAULT',
  disallowUsernameSubstring: true,
  minLength: 16,
  reuseInterval: 5,
};

const defaultInsights: CloudSqlInsights = {
  queryPlansPerMinute: 5,
  queryStringLength: 1024,
  recordApplicationTags: true,
  recordClientAddress: true,
};

/** The provider would refuse both ways in, and Google an instance without any. */
function checkPlace(
  construct: Construct,
  { privateNetwork, pscProjects, backups, replicaOf }: CloudSqlInstanceProps,
) {
  if ((privateNetwork === undefined) === (pscProjects === undefined)) {
    throw new Error(
      `${construct.node.path}: got ${privateNetwork === undefined ? 'neither' : 'both'} privateNetwork and pscProjects, expected one of them; an instance is reached in one way`,
    );
  }
  if ((backups === undefined) === (replicaOf === undefined)) {
    throw new Error(
      `${construct.node.path}: got ${backups === undefined ? 'neither' : 'both'} backups and replicaOf, expected one of them; an instance is backed up, a replica is not`,
    );
  }
}

function cloneOf({ instance, pointInTime }: CloudSqlClone, range: string | undefined) {
  return {
    sourceInstanceName: instance,
    ...(pointInTime === undefined ? {} : { pointInTime }),
    ...(range === undefined ? {} : { allocatedIpRange: range }),
  };
}

function backupsOf({ start, retained, transactionLogDays, location }: CloudSqlBackups) {
  return {
    enabled: true,
    startTime: start,
    pointInTimeRecoveryEnabled: true,
    transactionLogRetentionDays: transactionLogDays,
    backupRetentionSettings: { retainedBackups: retained, retentionUnit: 'COUNT' },
    ...(location === undefined ? {} : { location }),
  };
}

/** A replica has the window of its instance. */
function maintenanceOf({ maintenance, replicaOf }: CloudSqlInstanceProps) {
  if (replicaOf !== undefined) return {};
  const { day, hour, track, deny } = maintenance ?? { day: 7, hour: 3, track: 'stable' };
  return {
    maintenanceWindow: { day, hour, updateTrack: track },
    ...(deny === undefined
      ? {}
      : { denyMaintenancePeriod: { startDate: deny.start, endDate: deny.end, time: `${deny.time}:00` } }),
  };
}

/** Sorted by name, so that the order in which they were written never shows. */
function databaseFlags(asked: Readonly<Record<string, string>>) {
  return Object.entries({ ...postgresFlags, ...asked })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
}
