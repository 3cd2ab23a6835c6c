import type { Originated } from './originated';

/** What stands between the platform and those who come from outside. */
export interface Edge {
  readonly zones: readonly DnsZone[];
  readonly certificates: readonly Certificate[];
  readonly securityPolicies: readonly SecurityPolicy[];
  /** Who may pass Identity-Aware Proxy. */
  readonly webAccess: readonly WebMember[];
}

export interface DnsZone extends Originated {
  readonly key: string;
  readonly name: string;
  /** With a dot at its end. */
  readonly dnsName: string;
  readonly visibility: 'public' | 'private';
  readonly dnssec: boolean;
  readonly records: readonly DnsRecord[];
}

export interface DnsRecord extends Originated {
  readonly key: string;
  /** The whole name, with a dot at its end. */
  readonly name: string;
  readonly type: string;
  readonly ttlSeconds: number;
  /** As Cloud DNS writes them, sorted; empty where an address is named. */
  readonly values: readonly string[];
  /** Key and scope of a static address of the network; null where there are values. */
  readonly address: { readonly key: string; readonly scope: 'regional' | 'global' } | null;
}

export interface Certificate extends Originated {
  readonly key: string;
  readonly name: string;
  /** `global` or a region. */
  readonly location: string;
  readonly domains: readonly string[];
  readonly authorizations: readonly DnsAuthorization[];
  /** The map that a global load balancer names; null for a regional certificate. */
  readonly map: { readonly name: string; readonly entries: readonly CertificateMapEntry[] } | null;
}

/** The proof that a domain is ours, which covers the names one level below as well. */
export interface DnsAuthorization extends Originated {
  /** What tells it from others of the certificate in addresses. */
  readonly key: string;
  readonly name: string;
  readonly domain: string;
  /** Key of the zone that the record is made in; null where a person makes it. */
  readonly zone: string | null;
}

export interface CertificateMapEntry extends Originated {
  readonly key: string;
  readonly name: string;
  readonly hostname: string;
}

/** A policy of Cloud Armor. */
export interface SecurityPolicy extends Originated {
  readonly key: string;
  readonly name: string;
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  readonly rateLimit: {
    readonly requests: number;
    readonly intervalSeconds: number;
    readonly banSeconds: number | null;
  } | null;
  readonly waf: {
    readonly rules: readonly string[];
    readonly sensitivity: number;
    readonly preview: boolean;
  } | null;
}

export interface WebMember extends Originated {
  readonly key: string;
  readonly member: string;
}
