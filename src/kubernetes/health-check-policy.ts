import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface HealthCheckPolicyProps extends ObjectProps {
  /** Service in the same namespace. */
  readonly service: string;
  /** Path that answers with the status 200 while the pod is well. */
  readonly path: string;
  /** Port of the pods. */
  readonly port: number;
}

/**
 * How the load balancer of a Gateway looks whether the pods of a Service are well. Without it, it asks for `/`, and
 * takes a redirect to the sign-in for an illness.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources#configure_health_check
 */
export class HealthCheckPolicy extends Construct {
  constructor(scope: Construct, id: string, props: HealthCheckPolicyProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'networking.gke.io/v1',
      kind: 'HealthCheckPolicy',
      metadata: renderMetadata(props),
      spec: {
        default: {
          checkIntervalSec: 15,
          timeoutSec: 10,
          healthyThreshold: 1,
          unhealthyThreshold: 3,
          logConfig: { enabled: true },
          config: {
            type: 'HTTP',
            httpHealthCheck: {
              portSpecification: 'USE_FIXED_PORT',
              port: props.port,
              requestPath: props.path,
            },
          },
        },
        targetRef: { group: '', kind: 'Service', name: props.service },
      },
    });
  }
}
