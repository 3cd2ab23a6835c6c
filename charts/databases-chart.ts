import type { Construct } from 'constructs';
import { DatabaseBootstrapJob } from '../src/kubernetes/database-bootstrap-job';
import { DatabaseOwnerJob } from '../src/kubernetes/database-owner-job';
import type { DatabaseBootstrap, DatabaseInstance, DatabaseUser } from '../src/model/platform';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';
import { serviceAccountOf, toPodPlacement } from './translate';

/** The Jobs that give database logins their rights. */
export class DatabasesChart extends PlatformChart {
  constructor(scope: Construct, props: PlatformChartProps) {
    super(scope, '40-databases', props);
    for (const database of this.platform.databases) {
      const { bootstrap } = database;
      if (bootstrap === null) continue;
      if (bootstrap.identity.kubernetes?.cluster === this.cluster.key) this.addBootstrap(database, bootstrap);
      for (const user of database.users) this.addOwner(database, bootstrap, user);
    }
  }

  private addBootstrap(database: DatabaseInstance, bootstrap: DatabaseBootstrap): void {
    const { key, users, logins, roles, clone } = database;
    const job = new DatabaseBootstrapJob(this, key, {
      ...this.commonProps(database, bootstrap),
      namePrefix: bootstrap.identity.key,
      namespace: bootstrap.namespace,
      labels: this.instanceLabels('database-bootstrap', key, 'bootstrap'),
      serviceAccount: serviceAccountOf(bootstrap.identity),
      placement: toPodPlacement(bootstrap.placement),
      adminUser: bootstrap.adminUser,
      adminPassword: { secret: bootstrap.secret.key, key: bootstrap.adminPassword.key },
      grantees: users.map(({ name, databases }) => ({ user: name, databases })),
      // A copy keeps the roles and logins that came with it.
      ...(clone === null
        ? {
            shared: {
              roles,
              logins: logins.flatMap(({ name, password }) =>
                password === null
                  ? []
                  : [{ name, password: { secret: password.secret, key: password.value.key } }],
              ),
            },
          }
        : { joined: roles }),
    });
    tagOrigin(job, bootstrap.origin);
  }

  /** Only for a workload whose tables somebody else is to see. */
  private addOwner(database: DatabaseInstance, bootstrap: DatabaseBootstrap, user: DatabaseUser): void {
    const identity = this.platform.identities.find(({ key }) => key === user.identity);
    const databases = sharedDatabases(database, user);
    if (identity?.kubernetes?.cluster !== this.cluster.key || databases.length === 0) return;
    const job = new DatabaseOwnerJob(this, `${database.key}-${user.identity}`, {
      ...this.commonProps(database, bootstrap),
      namePrefix: `share-${database.key}-${user.identity}`,
      namespace: user.namespace,
      labels: this.instanceLabels('database-share', user.identity, 'share'),
      serviceAccount: serviceAccountOf(identity),
      placement: toPodPlacement(user.placement),
      user: user.name,
      databases,
      roles: database.roles,
    });
    tagOrigin(job, user.origin);
  }

  private commonProps({ psc }: DatabaseInstance, bootstrap: DatabaseBootstrap) {
    return {
      image: bootstrap.image.reference,
      proxy: {
        image: bootstrap.proxyImage.reference,
        connectionName: bootstrap.connectionName,
        psc: psc !== null,
      },
      secretDelivery: this.platform.secretDelivery,
    };
  }
}

/** Databases of a workload that some role of the instance is for; on a copy nobody else is to see what it makes. */
export function sharedDatabases({ roles, clone }: DatabaseInstance, user: DatabaseUser): string[] {
  if (clone !== null) return [];
  return user.databases.filter((name) => roles.some(({ databases }) => databases.includes(name)));
}
