import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type BackendProtection, drainSeconds } from './gcp-backend-policy';
import { type ObjectProps, renderMetadata } from './labels';

export interface BackendConfigProps extends ObjectProps, BackendProtection {
  /** Path that answers with the status 200 while the pod is well. */
  readonly path: string;
  /** Port of the pods. */
  readonly port: number;
}

/**
 * How the load balancer of an Ingress of GKE treats the Services that name it: who may pass, how long it waits, how it
 * looks whether the pods are well, and that it logs.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration
 */
export class BackendConfig extends Construct {
  constructor(scope: Construct, id: string, props: BackendConfigProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'cloud.google.com/v1',
      kind: 'BackendConfig',
      metadata: renderMetadata(props),
      spec: {
        timeoutSec: props.timeoutSeconds,
        connectionDraining: { drainingTimeoutSec: drainSeconds },
        logging: { enable: true, sampleRate: 1 },
        healthCheck: {
          type: 'HTTP',
          port: props.port,
          requestPath: props.path,
          checkIntervalSec: 15,
          timeoutSec: 10,
          healthyThreshold: 1,
          unhealthyThreshold: 3,
        },
        securityPolicy: props.securityPolicy === undefined ? undefined : { name: props.securityPolicy },
        iap: props.iap === true ? { enabled: true } : undefined,
      },
    });
  }
}
