import type { Image, Placement, Secret, SecretValue } from '../platform';
import type { Identity } from './identity';
import type { Originated } from './originated';

export interface DatabaseInstance extends Originated {
  readonly key: string;
  readonly name: string;
  /** `PROJECT:REGION:INSTANCE`, what the Cloud SQL Auth Proxy connects to. */
  readonly connectionName: string;
  /** For example `POSTGRES_18`. */
  readonly version: string;
  readonly edition: 'ENTERPRISE' | 'ENTERPRISE_PLUS';
  readonly tier: string;
  readonly diskSizeGb: number;
  readonly highAvailability: boolean;
  readonly backups: {
    readonly start: string;
    readonly retained: number;
    readonly transactionLogDays: number;
    /** Region or multi-region; null where Google takes the nearest multi-region. */
    readonly location: string | null;
  };
  /** Flags asked for in the configuration; the construct lays them over its own. */
  readonly flags: Readonly<Record<string, string>>;
  readonly insights: DatabaseInsights;
  readonly maintenance: DatabaseMaintenance;
  /** Private Service Connect; null where the instance has an address in the range of the databases. */
  readonly psc: DatabasePsc | null;
  /** What it is a copy of; null for an instance that begins empty. */
  readonly clone: DatabaseClone | null;
  readonly replicas: readonly DatabaseReplica[];
  readonly deletionProtection: boolean;
  /** Databases to make; those of a clone come with it. */
  readonly databases: readonly Database[];
  /** IAM logins of workloads; what each may do is granted by {@link DatabaseInstance.bootstrap}. */
  readonly users: readonly DatabaseUser[];
  /** Logins of people, groups and programs outside of the platform. */
  readonly logins: readonly DatabaseLogin[];
  /** Rights that logins get by being members; on a clone, the roles that came with it and that workloads join. */
  readonly roles: readonly DatabaseRole[];
  /** The Job that gives logins their rights; null where there is no login. */
  readonly bootstrap: DatabaseBootstrap | null;
}

export interface DatabaseInsights {
  readonly queryStringLength: number;
  readonly queryPlansPerMinute: number;
  readonly recordClientAddress: boolean;
  readonly recordApplicationTags: boolean;
}

export interface DatabaseMaintenance {
  /** Day of the week, 1 is Monday. */
  readonly day: number;
  /** Hour of the day, UTC. */
  readonly hour: number;
  readonly track: 'canary' | 'stable' | 'week5';
  readonly deny: { readonly start: string; readonly end: string; readonly time: string } | null;
}

/** Private Service Connect: an address in the subnet that leads to the instance. */
export interface DatabasePsc {
  /** Projects whose networks may connect, that of the platform included. */
  readonly allowedProjects: readonly string[];
  /** Name of the address and of the rule that forwards from it. */
  readonly endpointName: string;
  /** Name of the private DNS zone by which the proxy finds the address. */
  readonly zoneName: string;
}

/** A copy of another instance. */
export interface DatabaseClone extends Originated {
  /** Key of the instance that is copied; null where it belongs to another environment. */
  readonly of: string | null;
  /** Name at Google of the instance that is copied. */
  readonly instance: string;
  /** RFC 3339; null for the moment of making. */
  readonly pointInTime: string | null;
}

/** A copy that follows its instance and can only be read. */
export interface DatabaseReplica extends Originated {
  readonly key: string;
  readonly name: string;
  /** `PROJECT:REGION:INSTANCE`. */
  readonly connectionName: string;
  readonly region: string;
  readonly zone: string | null;
  /** Its own endpoint, where its instance has one. */
  readonly psc: DatabasePsc | null;
  readonly tier: string;
  readonly diskSizeGb: number;
}

export interface Database extends Originated {
  /** Key of the instance. */
  readonly instance: string;
  /** Name in PostgreSQL. */
  readonly name: string;
}

/** An IAM login of a service account on an instance. */
export interface DatabaseUser extends Originated {
  /** Name in PostgreSQL: the service account's e-mail without `.gserviceaccount.com`. */
  readonly name: string;
  /** Key of the identity. */
  readonly identity: string;
  /** Namespace of the workload that logs in. */
  readonly namespace: string;
  readonly placement: Placement;
  /** Names of the databases that it owns the contents of. */
  readonly databases: readonly string[];
}

/** A login that no workload of the platform has. */
export interface DatabaseLogin extends Originated {
  readonly key: string;
  /** Name in PostgreSQL. */
  readonly name: string;
  readonly kind: 'user' | 'group' | 'serviceAccount' | 'password';
  /** IAM member, for example `group:analysts@example.com`; null for a password. */
  readonly member: string | null;
  /** Where its password is; null for a login by IAM. */
  readonly password: { readonly secret: string; readonly value: SecretValue } | null;
}

/** A role in PostgreSQL and who is a member of it. */
export interface DatabaseRole extends Originated {
  /** Name in PostgreSQL. */
  readonly name: string;
  readonly databases: readonly string[];
  /** Schemas whose tables it reads; `all` are those that are there and those to come. */
  readonly read: readonly string[] | 'all';
  /** Schemas whose tables it changes as well. */
  readonly write: readonly string[] | 'all';
  /** Whether it may create in its databases. */
  readonly create: boolean;
  /** Names of logins in PostgreSQL. */
  readonly members: readonly string[];
}

export interface DatabaseBootstrap extends Originated {
  /** Built-in login that grants; its password exists only in Secret Manager. */
  readonly adminUser: string;
  readonly adminPassword: SecretValue;
  readonly namespace: string;
  readonly identity: Identity;
  readonly placement: Placement;
  readonly image: Image;
  readonly proxyImage: Image;
  readonly connectionName: string;
  readonly secret: Secret;
}

/** A database reached through the Cloud SQL Auth Proxy in the same pod, at 127.0.0.1:5432. */
export interface DatabaseAccess {
  readonly instance: string;
  readonly database: string;
  readonly connectionName: string;
  /** IAM login name; the proxy logs in with it, so no password exists. */
  readonly iamUser: string;
  readonly proxyImage: Image;
  /** Whether the proxy connects by Private Service Connect instead of the private address. */
  readonly psc: boolean;
}
