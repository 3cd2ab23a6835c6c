import type { Image, Placement, Resources } from '../platform';
import type { Originated } from './originated';

/** The way in from outside: what a load balancer is told, and to whom it leads. */
export interface Ingress extends Originated {
  /** Name of the Gateway, the Ingress or the NGINX. */
  readonly name: string;
  readonly cluster: string;
  readonly namespace: string;
  /** Sorted by host. */
  readonly hosts: readonly WebHost[];
  readonly way: GatewayWay | GkeWay | NginxWay;
  /** Name at Google of the static address; null where Google chooses. */
  readonly address: string | null;
  readonly tls: IngressTls;
  /** How long an answer may take, in seconds. */
  readonly timeoutSeconds: number;
  /** What TLS the load balancer speaks; null where NGINX does. */
  readonly sslPolicy: SslPolicy | null;
}

/** A web interface that people reach by a name. */
export interface WebHost extends Originated {
  /** Key of the Airflow. */
  readonly airflow: string;
  readonly host: string;
  readonly namespace: string;
}

/** What TLS a load balancer of Google speaks. */
export interface SslPolicy {
  readonly name: string;
  readonly scope: 'global' | 'regional';
}

/** What stands before a web interface at Google. */
export interface Protection {
  /** Name at Google of the policy of Cloud Armor; null where there is none. */
  readonly securityPolicy: string | null;
  /** Whether Identity-Aware Proxy asks everybody first. */
  readonly iap: boolean;
}

export interface GatewayWay extends Protection {
  readonly kind: 'gateway';
  readonly gatewayClass:
    'gke-l7-global-external-managed' | 'gke-l7-regional-external-managed' | 'gke-l7-rilb';
  /** Ranges that its proxies and health checks come from. */
  readonly sources: readonly string[];
}

export interface GkeWay extends Protection {
  readonly kind: 'gke';
  readonly sources: readonly string[];
}

export interface NginxWay {
  readonly kind: 'nginx';
  readonly internal: boolean;
  /** Ranges that people come from. */
  readonly allow: readonly string[];
  readonly image: Image;
  readonly replicas: number;
  /** Kubernetes service account of its pods. */
  readonly serviceAccount: string;
  readonly placement: Placement;
  readonly resources: Resources;
}

export type IngressTls =
  /** A map of Certificate Manager, for a global Gateway. */
  | { readonly kind: 'certificate-map'; readonly name: string }
  /** A certificate of Certificate Manager, for the others. */
  | { readonly kind: 'certificate'; readonly name: string }
  /** Made in Kubernetes, for an Ingress of GKE. */
  | { readonly kind: 'managed-certificate' }
  /** A Kubernetes Secret with `tls.crt` and `tls.key`, from a secret of the platform. */
  | { readonly kind: 'secret'; readonly secret: string }
  | {
      readonly kind: 'cert-manager';
      readonly secret: string;
      readonly issuer: string;
      readonly issuerKind: 'ClusterIssuer' | 'Issuer';
    };
