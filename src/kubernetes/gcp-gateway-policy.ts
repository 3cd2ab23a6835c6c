import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface GcpGatewayPolicyProps extends ObjectProps {
  /** Name of the Gateway, in the same namespace. */
  readonly gateway: string;
  /** Name at Google of the SSL policy: which TLS it speaks. */
  readonly sslPolicy: string;
}

/**
 * Which TLS the load balancer of a Gateway speaks.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/secure-gateway
 */
export class GcpGatewayPolicy extends Construct {
  constructor(scope: Construct, id: string, props: GcpGatewayPolicyProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'networking.gke.io/v1',
      kind: 'GCPGatewayPolicy',
      metadata: renderMetadata(props),
      spec: {
        default: { sslPolicy: props.sslPolicy },
        targetRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: props.gateway },
      },
    });
  }
}
