import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';
import { ServiceAccount } from './plus';

export interface WorkloadServiceAccountProps extends ObjectProps {
  /** E-mail of the Google service account that its pods act as. */
  readonly googleServiceAccount: string;
}

/**
 * A Kubernetes service account whose pods act as a Google service account by Workload Identity, without a key. They
 * get no token of the Kubernetes API.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
 */
export class WorkloadServiceAccount extends Construct {
  constructor(scope: Construct, id: string, props: WorkloadServiceAccountProps) {
    super(scope, id);
    new ServiceAccount(this, 'Resource', {
      metadata: {
        ...renderMetadata(props),
        annotations: { 'iam.gke.io/gcp-service-account': props.googleServiceAccount },
      },
      automountToken: false,
    });
  }
}
