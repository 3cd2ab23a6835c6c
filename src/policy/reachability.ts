import { Addresses } from '../sets/addresses';
import { selects } from '../sets/label-selector';
import { isAbout } from './network-policies';
import { isTree, textOf, textsOf, treesOf, valueAt } from './tree';
import type { KubernetesObject, Tree } from './types';

/** A pod, as network policies see it. */
export interface PodEnd {
  readonly kind: 'pod';
  readonly namespace: string;
  readonly labels: Tree;
  /** Numbers of its ports by their names. @default - none has a name */
  readonly namedPorts?: ReadonlyMap<string, number>;
}

/** An address that no pod has: of the internet, of the VPC or of a node. */
export interface AddressEnd {
  readonly kind: 'address';
  readonly address: string;
}

/** One end of a connection. */
export type End = PodEnd | AddressEnd;

export interface PortOf {
  readonly port: number;
  /** @default TCP */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/** The label by which Kubernetes names every namespace. */
const nameLabel = 'kubernetes.io/metadata.name';

/**
 * Who may connect to whom in a cluster, by its network policies.
 *
 * A direction of a pod is open until a policy that is about it chooses the pod; from then on it is as open as all
 * policies that choose it together. A connection needs both: to be let out, and to be let in. Ranges of addresses mean
 * no pods: Dataplane V2 knows pods by their labels.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class Reachability {
  /** @param namespaces labels by name; one that is not among them has its name alone */
  constructor(
    private readonly policies: readonly KubernetesObject[],
    private readonly namespaces: ReadonlyMap<string, Tree> = new Map(),
  ) {}

  /** Whether a connection comes about, as far as pods are concerned. */
  allows(from: End, to: End, port: PortOf): boolean {
    return this.letsOut(from, to, port) && this.letsIn(from, to, port);
  }

  /** Whether the pod that begins a connection is let out; an address always is. */
  letsOut(from: End, to: End, port: PortOf): boolean {
    return from.kind === 'address' || this.isOpen(from, 'Egress', to, to, port);
  }

  /** Whether the pod that a connection is for is let in; an address always is. */
  letsIn(from: End, to: End, port: PortOf): boolean {
    return to.kind === 'address' || this.isOpen(to, 'Ingress', from, to, port);
  }

  /** @param target the end that listens: its names of ports count */
  private isOpen(
    pod: PodEnd,
    direction: 'Ingress' | 'Egress',
    other: End,
    target: End,
    port: PortOf,
  ): boolean {
    const about = this.policies.filter(
      (policy) =>
        policy.namespace === pod.namespace &&
        isAbout(policy, direction) &&
        selects(valueAt(policy.body, 'spec.podSelector'), pod.labels),
    );
    if (about.length === 0) return true;
    const [rules, peers] =
      direction === 'Ingress' ? (['ingress', 'from'] as const) : (['egress', 'to'] as const);
    return about.some((policy) =>
      treesOf(valueAt(policy.body, `spec.${rules}`)).some(
        (rule) =>
          this.meansOneOf(treesOf(rule[peers]), other, policy.namespace) &&
          opensPort(treesOf(rule.ports), target, port),
      ),
    );
  }

  private meansOneOf(peers: readonly Tree[], end: End, home: string): boolean {
    return peers.length === 0 || peers.some((peer) => this.means(peer, end, home));
  }

  private means({ ipBlock, namespaceSelector, podSelector }: Tree, end: End, home: string): boolean {
    if (isTree(ipBlock)) {
      if (end.kind === 'pod') return false;
      const range = Addresses.of([textOf(ipBlock.cidr)]).minus(Addresses.of(textsOf(ipBlock.except)));
      return range.meets(Addresses.of([end.address]));
    }
    if (end.kind === 'address') return false;
    const isInNamespace =
      namespaceSelector === undefined
        ? end.namespace === home
        : selects(namespaceSelector, {
            ...this.namespaces.get(end.namespace),
            [nameLabel]: end.namespace,
          });
    return isInNamespace && selects(podSelector, end.labels);
  }
}

function opensPort(ports: readonly Tree[], target: End, { port, protocol = 'TCP' }: PortOf): boolean {
  if (ports.length === 0) return true;
  return ports.some((open) => {
    if ((textOf(open.protocol) || 'TCP') !== protocol) return false;
    if (open.port === undefined) return true;
    const name = textOf(open.port);
    if (name !== '') return target.kind === 'pod' && target.namedPorts?.get(name) === port;
    return Number(open.port) <= port && port <= Number(open.endPort ?? open.port);
  });
}
