import type { Construct } from 'constructs';
import { DatabaseBootstrapJob } from '../src/kubernetes/database-bootstrap-job';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';
import { serviceAccountOf, toPodPlacement } from './translate';

/** The Jobs that give database logins their rights. */
export class DatabasesChart extends PlatformChart {
  constructor(scope: Construct, props: PlatformChartProps) {
    super(scope, '40-databases', props);
    for (const { key, bootstrap, users } of this.platform.databases) {
      if (bootstrap?.identity.kubernetes?.cluster !== this.cluster.key) continue;
      const job = new DatabaseBootstrapJob(this, key, {
        namePrefix: bootstrap.identity.key,
        namespace: bootstrap.namespace,
        labels: this.instanceLabels('database-bootstrap', key, 'bootstrap'),
        image: bootstrap.image.reference,
        proxy: { image: bootstrap.proxyImage.reference, connectionName: bootstrap.connectionName },
        serviceAccount: serviceAccountOf(bootstrap.identity),
        placement: toPodPlacement(bootstrap.placement),
        secretDelivery: this.platform.secretDelivery,
        adminUser: bootstrap.adminUser,
        adminPassword: { secret: bootstrap.secret.key, key: bootstrap.adminPassword.key },
        grantees: users.map(({ name, databases }) => ({ user: name, databases })),
      });
      tagOrigin(job, bootstrap.origin);
    }
  }
}
