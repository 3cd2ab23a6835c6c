import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';
import type { SecretSource } from './secret-provider-class';

export interface SecretStoreProps extends ObjectProps {
  /** Id of the project that holds the secrets. */
  readonly project: string;
  /** Name of the cluster at Google, and where its control plane is. */
  readonly cluster: { readonly name: string; readonly location: string };
  /** Kubernetes service account, in the same namespace, that reads them by Workload Identity. */
  readonly serviceAccount: string;
}

/**
 * Where the External Secrets operator reads, and as whom. There is one for each service account, so that the operator
 * itself needs no right on any secret.
 * @see https://external-secrets.io/latest/provider/google-secrets-manager/
 */
export class SecretStore extends Construct {
  constructor(scope: Construct, id: string, props: SecretStoreProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'SecretStore',
      metadata: renderMetadata(props),
      spec: {
        provider: {
          gcpsm: {
            projectID: props.project,
            auth: {
              workloadIdentity: {
                clusterLocation: props.cluster.location,
                clusterName: props.cluster.name,
                serviceAccountRef: { name: props.serviceAccount },
              },
            },
          },
        },
      },
    });
  }
}

export interface ExternalSecretProps extends ObjectProps {
  /** Name of the {@link SecretStore} in the same namespace. */
  readonly store: string;
  readonly values: readonly SecretSource[];
  /** Type of the Secret, for example `kubernetes.io/tls`. @default - Opaque */
  readonly type?: string;
  /** How often the operator looks for a new version. @default '1h' */
  readonly refreshInterval?: string;
}

/** A Kubernetes Secret of the same name, which the operator makes and keeps up to date. */
export class ExternalSecret extends Construct {
  constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: renderMetadata(props),
      spec: {
        refreshInterval: props.refreshInterval ?? '1h',
        secretStoreRef: { kind: 'SecretStore', name: props.store },
        target: {
          name: props.name,
          creationPolicy: 'Owner',
          // A secret that is gone in Secret Manager must not take running workloads with it.
          deletionPolicy: 'Retain',
          template: props.type === undefined ? undefined : { type: props.type },
        },
        data: props.values.map(({ key, secretId }) => ({ secretKey: key, remoteRef: { key: secretId } })),
      },
    });
  }
}
