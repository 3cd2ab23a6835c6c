import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

/** What stands before a Service at Google. */
export interface BackendProtection {
  /**
   * Name at Google of a policy of Cloud Armor.
   * @default - none
   */
  readonly securityPolicy?: string;
  /** Whether Identity-Aware Proxy asks everybody first; Google manages the OAuth client. @default false */
  readonly iap?: boolean;
  /** How long an answer may take, in seconds. */
  readonly timeoutSeconds: number;
}

export interface GcpBackendPolicyProps extends ObjectProps, BackendProtection {
  /** Service in the same namespace. */
  readonly service: string;
}

/** How long a pod that goes away may still answer, in seconds. */
export const drainSeconds = 30;

/**
 * How the load balancer of a Gateway treats a Service: who may pass, how long it waits, and that it logs.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources
 */
export class GcpBackendPolicy extends Construct {
  constructor(scope: Construct, id: string, props: GcpBackendPolicyProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'networking.gke.io/v1',
      kind: 'GCPBackendPolicy',
      metadata: renderMetadata(props),
      spec: {
        default: {
          timeoutSec: props.timeoutSeconds,
          connectionDraining: { drainingTimeoutSec: drainSeconds },
          logging: { enabled: true, sampleRate: 1_000_000 },
          securityPolicy: props.securityPolicy,
          iap: props.iap === true ? { enabled: true } : undefined,
        },
        targetRef: { group: '', kind: 'Service', name: props.service },
      },
    });
  }
}
