import type { Originated } from './originated';

/** The VPC and its ranges. */
export interface Network extends Originated {
  /** Name of the VPC. */
  readonly name: string;
  /** `projects/P/global/networks/N`. */
  readonly selfLink: string;
  readonly subnetName: string;
  /** `projects/P/regions/R/subnetworks/N`. */
  readonly subnetSelfLink: string;
  readonly nodesCidr: string;
  readonly podsCidr: string;
  readonly podsRangeName: string;
  readonly servicesCidr: string;
  readonly servicesRangeName: string;
  /** Ranges of pods and services of the further clusters. */
  readonly furtherRanges: readonly NamedRange[];
  /** Range reserved for Cloud SQL. */
  readonly databasesCidr: string;
  readonly databasesRangeName: string;
  /** Subnet of regional load balancers; null where none is asked for. */
  readonly proxyOnly: NamedRange | null;
  readonly flowLogs: boolean;
  readonly routerName: string;
  readonly natName: string;
  /** Names of the static addresses of the NAT; empty where Google chooses. */
  readonly natAddressNames: readonly string[];
  /** Static external addresses by key, for load balancers. */
  readonly addresses: readonly StaticAddress[];
  readonly peerings: readonly Peering[];
  readonly firewallRules: readonly FirewallRule[];
}

/** A named range of addresses. */
export interface NamedRange {
  readonly name: string;
  readonly cidr: string;
}

/** A static external address. A load balancer takes one of its own scope only. */
export interface StaticAddress extends Originated {
  readonly key: string;
  readonly name: string;
  readonly scope: 'regional' | 'global';
}

/** Our side of a peering with another VPC. */
export interface Peering extends Originated {
  readonly key: string;
  readonly name: string;
  /** `projects/P/global/networks/N` of the other side. */
  readonly peerNetwork: string;
  readonly exportCustomRoutes: boolean;
  readonly importCustomRoutes: boolean;
}

/** A rule of the VPC's firewall. */
export interface FirewallRule extends Originated {
  readonly key: string;
  readonly name: string;
  /** Project that it is in. */
  readonly project: string;
  /** `projects/P/global/networks/N` of the other side of a peering; null where it is in the platform's own network. */
  readonly peerNetwork: string | null;
  readonly description: string;
  readonly direction: 'INGRESS' | 'EGRESS';
  readonly action: 'allow' | 'deny';
  readonly priority: number;
  /** Sources of an ingress rule, destinations of an egress rule. */
  readonly ranges: readonly string[];
  readonly protocols: readonly { readonly protocol: string; readonly ports: readonly string[] }[];
  /** Network tags that it applies to; empty where it applies to identities. */
  readonly targetTags: readonly string[];
  /** Keys of the identities of nodes that it applies to; empty where it applies to tags. */
  readonly targetIdentities: readonly string[];
}
