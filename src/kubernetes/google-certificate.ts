import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface GoogleCertificateProps extends ObjectProps {
  /** Host names, without a wildcard, of at most 63 characters each. */
  readonly domains: readonly string[];
}

/**
 * A certificate for an Ingress of GKE that Google issues and renews, once the names lead to the load balancer.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/managed-certs
 */
export class GoogleCertificate extends Construct {
  constructor(scope: Construct, id: string, props: GoogleCertificateProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'networking.gke.io/v1',
      kind: 'ManagedCertificate',
      metadata: renderMetadata(props),
      spec: { domains: [...props.domains] },
    });
  }
}
