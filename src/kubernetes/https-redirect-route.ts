import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { gatewayListeners } from './gateway';
import { type ObjectProps, renderMetadata } from './labels';

export interface HttpsRedirectRouteProps extends ObjectProps {
  /** Name of the Gateway, in the same namespace. */
  readonly gateway: string;
}

/** Sends whoever comes by HTTP to the same place by HTTPS. Nothing is served without TLS. */
export class HttpsRedirectRoute extends Construct {
  constructor(scope: Construct, id: string, props: HttpsRedirectRouteProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: renderMetadata(props),
      spec: {
        parentRefs: [{ name: props.gateway, namespace: props.namespace, sectionName: gatewayListeners.http }],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }],
          },
        ],
      },
    });
  }
}
