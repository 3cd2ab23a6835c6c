import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

/** Names of the listeners, which routes attach to. */
export const gatewayListeners = { http: 'http', https: 'https' } as const;

/** What may attach. Written out to the last field: what the server adds itself would be a change with every apply. */
const httpRoutes = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }];

/** Where the certificate of a Gateway comes from. */
export type GatewayTls =
  /** A certificate map of Certificate Manager, for global load balancers. */
  | { readonly kind: 'certificate-map'; readonly name: string }
  /** A certificate of Certificate Manager, for regional and internal load balancers. */
  | { readonly kind: 'certificate'; readonly name: string }
  /** A Secret in the namespace of the Gateway, with `tls.crt` and `tls.key`. */
  | { readonly kind: 'secret'; readonly secret: string };

export interface GatewayProps extends ObjectProps {
  /** Which load balancer it is. Changing this makes another one. */
  readonly gatewayClass:
    'gke-l7-global-external-managed' | 'gke-l7-regional-external-managed' | 'gke-l7-rilb';
  /**
   * Name at Google of its static address.
   * @default - Google chooses an address
   */
  readonly address?: string;
  readonly tls: GatewayTls;
  /** Namespaces whose routes may attach for HTTPS; sorted. */
  readonly routeNamespaces: readonly string[];
}

/**
 * A load balancer of Google with a listener for HTTPS, and one for HTTP that only the routes of its own namespace
 * attach to: the one that redirects.
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/gateway-api
 */
export class Gateway extends Construct {
  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    const { tls } = props;
    const metadata = renderMetadata(props);
    new ApiObject(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: {
        ...metadata,
        ...(tls.kind === 'certificate-map' ? { annotations: { 'networking.gke.io/certmap': tls.name } } : {}),
      },
      spec: {
        gatewayClassName: props.gatewayClass,
        addresses: props.address === undefined ? undefined : [{ type: 'NamedAddress', value: props.address }],
        listeners: [
          {
            name: gatewayListeners.http,
            protocol: 'HTTP',
            port: 80,
            allowedRoutes: { kinds: httpRoutes, namespaces: { from: 'Same' } },
          },
          {
            name: gatewayListeners.https,
            protocol: 'HTTPS',
            port: 443,
            tls: renderTls(tls),
            allowedRoutes: {
              kinds: httpRoutes,
              namespaces: {
                from: 'Selector',
                selector: {
                  matchExpressions: [
                    {
                      key: 'kubernetes.io/metadata.name',
                      operator: 'In',
                      values: [...props.routeNamespaces],
                    },
                  ],
                },
              },
            },
          },
        ],
      },
    });
  }
}

/** With a map, a listener names no certificate: GKE refuses both at once. */
function renderTls(tls: GatewayTls): Readonly<Record<string, unknown>> | undefined {
  switch (tls.kind) {
    case 'certificate-map':
      return undefined;
    case 'certificate':
      return { mode: 'Terminate', options: { 'networking.gke.io/cert-manager-certs': tls.name } };
    case 'secret':
      return { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: tls.secret }] };
  }
}
