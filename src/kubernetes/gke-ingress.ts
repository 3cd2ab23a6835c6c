import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface GkeIngressProps extends ObjectProps {
  /** Host → Service in the same namespace, and its port. */
  readonly hosts: Readonly<Record<string, { readonly service: string; readonly port: number }>>;
  /**
   * Name at Google of its global static address.
   * @default - Google chooses an address
   */
  readonly address?: string;
  /** Name of the {@link FrontendConfig}, which redirects what comes by HTTP. */
  readonly frontendConfig: string;
  /** A {@link GoogleCertificate}, or a Secret with `tls.crt` and `tls.key`, in the same namespace. */
  readonly tls: { readonly certificate: string } | { readonly secret: string };
}

/**
 * The older way to a global external load balancer of Google. A Gateway does the same and more; this one is for those
 * who have it.
 *
 * It names no class: GKE takes those without one for its external load balancer, and does not look at
 * `ingressClassName`.
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/ingress-xlb
 */
export class GkeIngress extends Construct {
  constructor(scope: Construct, id: string, props: GkeIngressProps) {
    super(scope, id);
    const { tls } = props;
    const hosts = Object.keys(props.hosts);
    new ApiObject(this, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        ...renderMetadata(props),
        annotations: {
          'networking.gke.io/v1beta1.FrontendConfig': props.frontendConfig,
          ...(props.address === undefined
            ? {}
            : { 'kubernetes.io/ingress.global-static-ip-name': props.address }),
          ...('certificate' in tls ? { 'networking.gke.io/managed-certificates': tls.certificate } : {}),
        },
      },
      spec: {
        tls: 'secret' in tls ? [{ hosts, secretName: tls.secret }] : undefined,
        rules: Object.entries(props.hosts).map(([host, { service, port }]) => ({
          host,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: service, port: { number: port } } },
              },
            ],
          },
        })),
      },
    });
  }
}
