import type { Construct } from 'constructs';
import { WorkloadServiceAccount } from '../src/kubernetes/service-account';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';

/** The service accounts that pods run as. */
export class IdentitiesChart extends PlatformChart {
  constructor(scope: Construct, props: PlatformChartProps) {
    super(scope, '10-identities', props);
    for (const identity of this.platform.identities) {
      if (identity.kubernetes?.cluster !== this.cluster.key) continue;
      const account = new WorkloadServiceAccount(this, identity.key, {
        name: identity.kubernetes.serviceAccount,
        namespace: identity.kubernetes.namespace,
        labels: this.platformLabels('identity'),
        googleServiceAccount: identity.email,
      });
      tagOrigin(account, identity.origin);
    }
  }
}
