import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { gatewayListeners } from './gateway';
import { type ObjectProps, renderMetadata } from './labels';

/** The Gateway that a route attaches to. */
export interface RouteParent {
  readonly name: string;
  readonly namespace: string;
}

export interface HttpRouteProps extends ObjectProps {
  readonly gateway: RouteParent;
  /** Host names, without a wildcard. */
  readonly hostnames: readonly string[];
  /** Service in the namespace of the route, and its port. */
  readonly service: { readonly name: string; readonly port: number };
}

/**
 * What comes by HTTPS for some hosts goes to a Service.
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
export class HttpRoute extends Construct {
  constructor(scope: Construct, id: string, props: HttpRouteProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: renderMetadata(props),
      spec: {
        parentRefs: [{ ...props.gateway, sectionName: gatewayListeners.https }],
        hostnames: [...props.hostnames],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            backendRefs: [{ name: props.service.name, port: props.service.port }],
          },
        ],
      },
    });
  }
}
