import { Construct } from 'constructs';
import {
  address,
  addressPart,
  CloudSqlAdminUser,
  CloudSqlDatabase,
  type CloudSqlDatabaseProps,
  CloudSqlIamUser,
  CloudSqlInstance,
} from '../src/google';
import type { DatabaseInstance, DatabaseUser, Platform } from '../src/model';
import { setOrigin } from './origin';
import { PlatformStack } from './platform-stack';

/** What holds data: the Cloud SQL instances with their databases and logins. */
export class DataStack extends PlatformStack {
  constructor(scope: Construct, platform: Platform) {
    super(scope, 'data', platform);
    const scopes = {
      instances: this.group('instances'),
      databases: this.group('databases'),
      users: this.group('users'),
      admins: this.group('admins'),
    };
    for (const database of platform.databases) {
      const { instance } = this.addInstance(scopes.instances, database);
      const common = { project: platform.project, instance: database.name, dependsOn: [instance] };
      for (const inner of database.databases) {
        const id = address(database.key, addressPart(inner.name));
        setOrigin(new CloudSqlDatabase(scopes.databases, id, { ...common, name: inner.name }), inner);
      }
      for (const user of database.users) {
        const serviceAccountEmail = this.emailOf(user);
        const id = address(database.key, user.identity);
        setOrigin(new CloudSqlIamUser(scopes.users, id, { ...common, serviceAccountEmail }), user);
      }
      this.addAdmin(scopes.admins, database, common);
    }
  }

  private addInstance(scope: Construct, database: DatabaseInstance): CloudSqlInstance {
    const { project, region, labels, network } = this.platform;
    return setOrigin(
      new CloudSqlInstance(scope, database.key, {
        project,
        region,
        labels,
        name: database.name,
        databaseVersion: database.version,
        edition: database.edition,
        tier: database.tier,
        diskSizeGb: database.diskSizeGb,
        highAvailability: database.highAvailability,
        privateNetwork: network.selfLink,
        allocatedIpRange: network.databasesRangeName,
        backups: database.backups,
        flags: database.flags,
        deletionProtection: database.deletionProtection,
      }),
      database,
    );
  }

  private addAdmin(
    scope: Construct,
    { key, bootstrap }: DatabaseInstance,
    common: Omit<CloudSqlDatabaseProps, 'name'>,
  ): void {
    if (bootstrap === null) return;
    setOrigin(
      new CloudSqlAdminUser(scope, address(key, bootstrap.adminUser), {
        ...common,
        name: bootstrap.adminUser,
        passwordSecret: `projects/${this.platform.project}/secrets/${bootstrap.adminPassword.secretId}`,
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
