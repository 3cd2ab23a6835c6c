import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

/** A value of a secret, and where it is in Secret Manager. */
export interface SecretSource {
  /** The key: the name of the file, or the key of the Kubernetes Secret. */
  readonly key: string;
  /** Name of the secret in Secret Manager, its `secret_id`. */
  readonly secretId: string;
}

export interface SecretProviderClassProps extends ObjectProps {
  /** Id of the project that holds the secrets. */
  readonly project: string;
  readonly values: readonly SecretSource[];
}

/**
 * What the Secret Manager add-on of GKE mounts into pods that name it: each value as a file, in its newest version.
 * The pod's own service account reads it.
 * @see https://cloud.google.com/secret-manager/docs/secret-manager-managed-csi-component
 */
export class SecretProviderClass extends Construct {
  constructor(scope: Construct, id: string, props: SecretProviderClassProps) {
    super(scope, id);
    // A list in YAML, as text: the driver hands it to the provider unread.
    const secrets = props.values.map(({ key, secretId }) => {
      const resource = `projects/${props.project}/secrets/${secretId}/versions/latest`;
      return `- resourceName: ${JSON.stringify(resource)}\n  path: ${JSON.stringify(key)}\n`;
    });
    new ApiObject(this, 'Resource', {
      apiVersion: 'secrets-store.csi.x-k8s.io/v1',
      kind: 'SecretProviderClass',
      metadata: renderMetadata(props),
      spec: { provider: 'gke', parameters: { secrets: secrets.join('') } },
    });
  }
}
