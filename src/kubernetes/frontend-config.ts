import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface FrontendConfigProps extends ObjectProps {
  /** Name at Google of the SSL policy: which TLS it speaks. */
  readonly sslPolicy: string;
}

/**
 * How the load balancer of an Ingress of GKE meets those who come: by HTTPS, and by HTTP only to send them there.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration#https_redirect
 */
export class FrontendConfig extends Construct {
  constructor(scope: Construct, id: string, props: FrontendConfigProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'networking.gke.io/v1beta1',
      kind: 'FrontendConfig',
      metadata: renderMetadata(props),
      spec: {
        redirectToHttps: { enabled: true, responseCodeName: 'MOVED_PERMANENTLY_DEFAULT' },
        sslPolicy: props.sslPolicy,
      },
    });
  }
}
