import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

/** One direction's rule: peers and ports. */
export interface NetworkRule {
  readonly peers: readonly Readonly<Record<string, unknown>>[];
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
}

/** A range of addresses that may be reached. */
export interface EgressRange {
  readonly cidr: string;
  /** Ranges inside that stay closed. */
  readonly except: readonly string[];
  /** TCP ports. */
  readonly ports: readonly number[];
}

export interface NetworkPolicyProps extends ObjectProps {
  /** Labels of the pods that it is about; empty for all pods of the namespace. */
  readonly podSelector: Readonly<Record<string, string>>;
  /** @default - nothing more comes in */
  readonly ingress?: readonly NetworkRule[];
  /** @default - nothing more goes out */
  readonly egress?: readonly NetworkRule[];
}

/**
 * What the pods may send and receive. Policies add up: a pod may do what any of them allows, and what none allows is
 * closed as soon as one selects the pod. Both directions are always named, so that a policy without rules closes.
 *
 * Probes of the kubelet come from the node and are not held back.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class NetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: renderMetadata(props),
      spec: {
        podSelector: Object.keys(props.podSelector).length === 0 ? {} : { matchLabels: props.podSelector },
        policyTypes: ['Ingress', 'Egress'],
        ingress: props.ingress?.map(({ peers, ports }) => ({ from: peers, ports })),
        egress: props.egress?.map(({ peers, ports }) => ({ to: peers, ports })),
      },
    });
  }
}

/**
 * Name resolution: kube-dns, its cache on the node, and Cloud DNS, whichever the cluster has.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache
 */
export function dnsEgress(): NetworkRule {
  const system = { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } };
  return {
    peers: [
      ...['kube-dns', 'node-local-dns'].map((app) => ({
        namespaceSelector: system,
        podSelector: { matchLabels: { 'k8s-app': app } },
      })),
      block('169.254.20.10/32'),
      block('169.254.169.254/32'),
    ],
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ],
  };
}

/**
 * The metadata server of GKE, which gives out the tokens of Workload Identity. With Dataplane V2 it is seen at its
 * well-known address, otherwise at the one that connections are redirected to.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#network_policies
 */
export function metadataServerEgress(): NetworkRule[] {
  return [
    { peers: [block('169.254.169.254/32')], ports: tcp([80, 8080]) },
    { peers: [block('169.254.169.252/32')], ports: tcp([987, 988]) },
  ];
}

/** The port of Cloud SQL that the proxy connects to, in the range of the private addresses. */
export function cloudSqlEgress(cidr: string): NetworkRule {
  return { peers: [block(cidr)], ports: tcp([3307]) };
}

/**
 * The API of Kubernetes, by the address of the control plane behind the Service `kubernetes`: policies see where a
 * connection really goes.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy
 */
export function kubernetesApiEgress(cidr: string): NetworkRule {
  return { peers: [block(cidr)], ports: tcp([443]) };
}

/** Google's APIs: they have public addresses that change, so all that is not private is open on port 443. */
export function googleApisEgress(): NetworkRule {
  return rangeEgress({
    cidr: '0.0.0.0/0',
    except: [
      '10.0.0.0/8',
      '100.64.0.0/10',
      '127.0.0.0/8',
      '169.254.0.0/16',
      '172.16.0.0/12',
      '192.168.0.0/16',
    ],
    ports: [443],
  });
}

/** A range of addresses. */
export function rangeEgress(range: EgressRange): NetworkRule {
  return { peers: [block(range.cidr, range.except)], ports: tcp(range.ports) };
}

/** Pods of the same namespace with these labels. */
export function podRule(labels: Readonly<Record<string, string>>, ports: readonly number[]): NetworkRule {
  return { peers: [{ podSelector: { matchLabels: labels } }], ports: tcp(ports) };
}

/** Pods of the same namespace with these labels, by UDP. */
export function udpPodRule(labels: Readonly<Record<string, string>>, port: number): NetworkRule {
  return { peers: [{ podSelector: { matchLabels: labels } }], ports: [{ port, protocol: 'UDP' }] };
}

/** Pods of a namespace with these labels. */
export function namespacedPodRule(
  namespace: string,
  labels: Readonly<Record<string, string>>,
  ports: readonly number[],
): NetworkRule {
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
  return { peers: [{ namespaceSelector, podSelector: { matchLabels: labels } }], ports: tcp(ports) };
}

/** Ranges of addresses that something comes from. */
export function sourceRule(cidrs: readonly string[], ports: readonly number[]): NetworkRule {
  return { peers: cidrs.map((cidr) => block(cidr)), ports: tcp(ports) };
}

/** All pods of some namespaces. */
export function namespaceRule(namespaces: readonly string[], ports: readonly number[]): NetworkRule {
  return {
    peers: namespaces.map((name) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
    })),
    ports: tcp(ports),
  };
}

function block(cidr: string, except: readonly string[] = []): Readonly<Record<string, unknown>> {
  return { ipBlock: { cidr, except: except.length === 0 ? undefined : except } };
}

function tcp(ports: readonly number[]): NetworkRule['ports'] {
  return ports.map((port) => ({ port, protocol: 'TCP' }));
}
