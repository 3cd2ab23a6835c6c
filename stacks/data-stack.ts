import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import {
  address,
  addressPart,
  CloudSqlAdminUser,
  CloudSqlDatabase,
  type CloudSqlDatabaseProps,
  CloudSqlEndpoint,
  CloudSqlIamMember,
  CloudSqlIamUser,
  CloudSqlInstance,
  CloudSqlLoginRoles,
} from '../src/google';
import {
  type DatabaseInstance,
  type DatabasePsc,
  type DatabaseReplica,
  type DatabaseUser,
  encryptionKey,
  type Originated,
  type Platform,
} from '../src/model';
import { setOrigin } from './origin';
import { PlatformStack } from './platform-stack';

/** What holds data: the Cloud SQL instances with their databases and logins. */
export class DataStack extends PlatformStack {
  private readonly scopes = {
    instances: this.group('instances'),
    replicas: this.group('replicas'),
    endpoints: this.group('endpoints'),
    databases: this.group('databases'),
    users: this.group('users'),
    logins: this.group('logins'),
    loginRoles: this.group('login-roles'),
    admins: this.group('admins'),
  };
  private readonly instances = new Map<string, CloudSqlInstance>();
  /** By the key of an instance, the databases and logins in it: what a copy has without making it. */
  private readonly contents = new Map<string, ITerraformDependable[]>();

  constructor(scope: Construct, platform: Platform) {
    super(scope, 'data', platform);
    // A copy needs what it is a copy of.
    const { databases } = platform;
    const inOrder = [
      ...databases.filter(({ clone }) => clone === null),
      ...databases.filter(({ clone }) => clone !== null),
    ];
    for (const database of inOrder) {
      const { instance } = this.addInstance(database);
      const common = { project: platform.project, instance: database.name, dependsOn: [instance] };
      for (const replica of database.replicas) this.addReplica(database, replica, instance);
      this.contents.set(database.key, [
        ...this.addDatabases(database, common),
        ...this.addUsers(database, common),
      ]);
    }
    for (const database of inOrder) this.addAdmin(database);
    this.addLoginRoles();
  }

  private addInstance(database: DatabaseInstance): CloudSqlInstance {
    const { backups, clone, psc } = database;
    const source = clone?.of == null ? undefined : this.instances.get(clone.of)?.instance;
    const contents = clone?.of == null ? [] : (this.contents.get(clone.of) ?? []);
    const construct = setOrigin(
      new CloudSqlInstance(this.scopes.instances, database.key, {
        ...this.settingsOf(database),
        name: database.name,
        region: this.platform.region,
        ...this.encryptionIn(this.platform.region),
        tier: database.tier,
        diskSizeGb: database.diskSizeGb,
        highAvailability: database.highAvailability,
        backups: {
          start: backups.start,
          retained: backups.retained,
          transactionLogDays: backups.transactionLogDays,
          ...(backups.location === null ? {} : { location: backups.location }),
        },
        ...(clone === null
          ? {}
          : {
              clone: {
                instance: clone.instance,
                ...(clone.pointInTime === null ? {} : { pointInTime: clone.pointInTime }),
              },
            }),
        ...(source === undefined ? {} : { dependsOn: [source, ...contents] }),
      }),
      database,
    );
    this.instances.set(database.key, construct);
    this.addEndpoint(database.key, psc, construct, database);
    return construct;
  }

  /** The way to an instance that has no address in the range of the databases. */
  private addEndpoint(
    id: string,
    psc: DatabasePsc | null,
    { instance }: CloudSqlInstance,
    origin: Originated,
  ): void {
    if (psc === null) return;
    const { project, region, labels, network } = this.platform;
    setOrigin(
      new CloudSqlEndpoint(this.scopes.endpoints, id, {
        project,
        region,
        labels,
        instance,
        name: psc.endpointName,
        zoneName: psc.zoneName,
        network: network.selfLink,
        subnetwork: network.subnetSelfLink,
      }),
      origin,
    );
  }

  private addReplica(
    database: DatabaseInstance,
    replica: DatabaseReplica,
    instance: CloudSqlInstance['instance'],
  ): void {
    const id = address(database.key, replica.key);
    const construct = setOrigin(
      new CloudSqlInstance(this.scopes.replicas, id, {
        ...this.settingsOf(database),
        name: replica.name,
        region: replica.region,
        ...this.encryptionIn(replica.region),
        tier: replica.tier,
        diskSizeGb: replica.diskSizeGb,
        replicaOf: database.name,
        ...(replica.zone === null ? {} : { zone: replica.zone }),
        dependsOn: [instance],
      }),
      replica,
    );
    this.addEndpoint(id, replica.psc, construct, replica);
  }

  private encryptionIn(region: string): { readonly encryptionKey?: string } {
    const key = encryptionKey(this.platform, 'sql', region);
    return key === undefined ? {} : { encryptionKey: key };
  }

  /** What an instance and its replicas have in common. */
  private settingsOf(database: DatabaseInstance) {
    const { project, labels, network } = this.platform;
    const { deny, ...maintenance } = database.maintenance;
    return {
      project,
      labels,
      databaseVersion: database.version,
      edition: database.edition,
      flags: database.flags,
      insights: database.insights,
      maintenance: { ...maintenance, ...(deny === null ? {} : { deny }) },
      deletionProtection: database.deletionProtection,
      ...(database.psc === null
        ? { privateNetwork: network.selfLink, allocatedIpRange: network.databasesRangeName }
        : { pscProjects: database.psc.allowedProjects }),
    };
  }

  /** A clone has its databases already, and making them again is an error. */
  private addDatabases(
    database: DatabaseInstance,
    common: Omit<CloudSqlDatabaseProps, 'name'>,
  ): ITerraformDependable[] {
    if (database.clone !== null) return [];
    return database.databases.map((inner) => {
      const id = address(database.key, addressPart(inner.name));
      const props = { ...common, name: inner.name };
      return setOrigin(new CloudSqlDatabase(this.scopes.databases, id, props), inner).database;
    });
  }

  private addUsers(
    database: DatabaseInstance,
    common: Omit<CloudSqlDatabaseProps, 'name'>,
  ): ITerraformDependable[] {
    const { key, users, logins } = database;
    const inherited = this.loginsOfSource(database);
    const made: ITerraformDependable[] = [];
    for (const user of users) {
      if (inherited.has(user.name)) continue;
      const serviceAccountEmail = this.emailOf(user);
      const id = address(key, user.identity);
      const props = { ...common, serviceAccountEmail };
      made.push(setOrigin(new CloudSqlIamUser(this.scopes.users, id, props), user).user);
    }
    for (const login of logins) {
      // Logins with a password are made by the bootstrap Job: what Cloud SQL makes is a member of cloudsqlsuperuser.
      if (login.kind === 'password' || inherited.has(login.name)) continue;
      const { user } = setOrigin(
        new CloudSqlIamMember(this.scopes.logins, address(key, 'login', login.key), {
          ...common,
          kind: login.kind,
          name: login.name,
        }),
        login,
      );
      made.push(user);
    }
    return made;
  }

  /** A clone has the logins of what it is a copy of. */
  private loginsOfSource({ clone }: DatabaseInstance): ReadonlySet<string> {
    const source = this.platform.databases.find(({ key }) => key === clone?.of);
    return new Set([...(source?.users ?? []), ...(source?.logins ?? [])].map(({ name }) => name));
  }

  /** Once for each member, whatever the number of instances. */
  private addLoginRoles(): void {
    const seen = new Set<string>();
    for (const login of this.platform.databases.flatMap(({ logins }) => logins)) {
      if (login.member === null || seen.has(login.member)) continue;
      seen.add(login.member);
      const id = addressPart(login.member.replace(':', '-'));
      setOrigin(
        new CloudSqlLoginRoles(this.scopes.loginRoles, id, {
          project: this.platform.project,
          member: login.member,
        }),
        login,
      );
    }
  }

  private addAdmin({ key, name, bootstrap }: DatabaseInstance): void {
    if (bootstrap === null) return;
    const { project } = this.platform;
    const made = this.instances.get(key);
    setOrigin(
      new CloudSqlAdminUser(this.scopes.admins, address(key, 'tapline-bootstrap'), {
        project,
        instance: name,
        dependsOn: made === undefined ? [] : [made.instance],
        name: bootstrap.adminUser,
        passwordSecret: `projects/${project}/secrets/${bootstrap.adminPassword.secretId}`,
      }),
      bootstrap,
    );
  }

  private emailOf(user: DatabaseUser): string {
    const identity = this.platform.identities.find(({ key }) => key === user.identity);
    if (identity === undefined)
      throw new Error(`the model names an identity '${user.identity}' that it does not hold`);
    return identity.email;
  }
}
