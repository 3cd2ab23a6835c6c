import { Construct } from 'constructs';
import { ExternalSecret, SecretStore } from '../src/kubernetes/external-secret';
import { SecretProviderClass } from '../src/kubernetes/secret-provider-class';
import { type DeliveredSecret, deliveredSecrets, valuesIn } from './delivered-secrets';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';
import { serviceAccountOf } from './translate';

/** What brings the secrets from Secret Manager to the pods; never a value. */
export class SecretsChart extends PlatformChart {
  constructor(scope: Construct, props: PlatformChartProps) {
    super(scope, '20-secrets', props);
    const delivered = deliveredSecrets(this.platform, this.cluster);
    switch (this.platform.secretDelivery) {
      case 'addon':
        this.addProviderClasses(delivered);
        break;
      case 'external-secrets':
        this.addStores(delivered);
        this.addExternalSecrets(delivered);
        break;
      case 'manual':
        // An object with empty values would overwrite the real ones with every apply: 20-secrets.md tells the
        // commands instead.
        break;
    }
  }

  private addProviderClasses(delivered: readonly DeliveredSecret[]): void {
    for (const entry of delivered) {
      const made = new SecretProviderClass(this, `${entry.namespace}-${entry.secret.key}`, {
        ...this.secretProps(entry),
        project: this.platform.project,
      });
      tagOrigin(made, entry.secret.origin);
    }
  }

  private addStores(delivered: readonly DeliveredSecret[]): void {
    const stores = new Construct(this, 'stores');
    for (const reader of new Set(delivered.map((entry) => entry.reader))) {
      const store = new SecretStore(stores, reader.key, {
        name: serviceAccountOf(reader),
        namespace: reader.kubernetes?.namespace ?? '',
        labels: this.platformLabels('secret'),
        project: this.platform.project,
        cluster: { name: this.cluster.name, location: this.cluster.location },
        serviceAccount: serviceAccountOf(reader),
      });
      tagOrigin(store, reader.origin);
    }
  }

  private addExternalSecrets(delivered: readonly DeliveredSecret[]): void {
    for (const entry of delivered) {
      const made = new ExternalSecret(this, `${entry.namespace}-${entry.secret.key}`, {
        ...this.secretProps(entry),
        store: serviceAccountOf(entry.reader),
        ...(entry.type === undefined ? {} : { type: entry.type }),
      });
      tagOrigin(made, entry.secret.origin);
    }
  }

  private secretProps({ secret, namespace }: DeliveredSecret) {
    return {
      name: secret.key,
      namespace,
      labels: this.platformLabels('secret'),
      values: valuesIn(secret, namespace).map(({ key, secretId }) => ({ key, secretId })),
    };
  }
}
