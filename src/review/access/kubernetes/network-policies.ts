import { Addresses } from '../../../sets/addresses';
import { selects } from '../../../sets/label-selector';
import type { KubernetesObject } from '../../kubernetes/object';
import { isTree, type Tree } from '../../types';
import { namespaceOf, type Objects, podOf, textAt, textsIn, treeAt, treesIn } from './objects';

export type Direction = 'ingress' | 'egress';

/** Ports of one protocol; a name where it stands for none that is known. */
export interface Ports {
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
  readonly name?: string;
}

/** Pods of a kind, before or after. */
export interface PodClass {
  readonly namespace: string;
  readonly namespaceLabels: Tree;
  readonly labels: Tree;
}

interface Peer {
  readonly addresses: Addresses;
  readonly isAnybody: boolean;
  readonly selector: Tree | undefined;
}

interface Rule {
  readonly peers: readonly Peer[];
  /** Undefined for all. */
  readonly ports: readonly Ports[] | undefined;
}

/** A policy with its rules read. */
export interface Policy {
  readonly object: KubernetesObject;
  readonly namespace: string;
  readonly podSelector: unknown;
  /** Undefined for a direction that it says nothing of. */
  readonly rules: Readonly<Record<Direction, readonly Rule[] | undefined>>;
}

/** The policies of one state of a cluster. */
export function policiesIn(objects: Objects): readonly Policy[] {
  const names = portNames(objects);
  return objects
    .of('NetworkPolicy')
    .filter(({ group }) => group === 'networking.k8s.io' || group === 'extensions')
    .map((object) => {
      const spec = treeAt(object.body, 'spec');
      const types = textsIn(spec.policyTypes);
      const isAbout = (direction: Direction) =>
        types.length > 0
          ? types.some((type) => type.toLowerCase() === direction)
          : direction === 'ingress' || spec.egress !== undefined;
      const namespace = namespaceOf(object);
      const read = (direction: Direction) =>
        isAbout(direction)
          ? treesIn(spec[direction]).map((rule) => ruleOf(rule, direction, names.get(namespace)))
          : undefined;
      return {
        object,
        namespace,
        podSelector: spec.podSelector,
        rules: { ingress: read('ingress'), egress: read('egress') },
      };
    });
}

type PortNames = ReadonlyMap<string, number | undefined>;

/** What names of ports stand for in each namespace; undefined for those that stand for several. */
function portNames(objects: Objects): ReadonlyMap<string, PortNames> {
  const found = new Map<string, Map<string, number | undefined>>();
  for (const object of objects.all) {
    const pod = podOf(object);
    if (pod === undefined) continue;
    const own = found.get(namespaceOf(object)) ?? new Map<string, number | undefined>();
    found.set(namespaceOf(object), own);
    for (const port of treesIn(pod.spec.containers).flatMap((one) => treesIn(one.ports))) {
      const [name, number] = [textAt(port, 'name'), Number(port.containerPort)];
      if (name !== '') own.set(name, own.has(name) && own.get(name) !== number ? undefined : number);
    }
  }
  return found;
}

function ruleOf(rule: Tree, direction: Direction, names: PortNames | undefined): Rule {
  const peers = treesIn(rule[direction === 'ingress' ? 'from' : 'to']);
  const ports = treesIn(rule.ports);
  return {
    peers: peers.length === 0 ? [anybody] : peers.map(peerOf),
    ports: ports.length === 0 ? undefined : ports.map((port) => portsOf(port, names)),
  };
}

const none = Addresses.of([]);
const anybody: Peer = { addresses: Addresses.all, isAnybody: true, selector: undefined };

function peerOf(peer: Tree): Peer {
  if (isTree(peer.ipBlock)) {
    const cidr = textAt(peer.ipBlock, 'cidr');
    const addresses = Addresses.of([cidr]).minus(Addresses.of(textsIn(peer.ipBlock.except)));
    return { addresses, isAnybody: false, selector: undefined };
  }
  return Object.keys(peer).length === 0 ? anybody : { addresses: none, isAnybody: false, selector: peer };
}

export const lastPort = 65535;

function portsOf(port: Tree, names: PortNames | undefined): Ports {
  const protocol = textAt(port, 'protocol') || 'TCP';
  const written = port.port;
  if (written === undefined || written === null) return { protocol, first: 0, last: lastPort };
  const number = /^\d+$/.test(textAt(port, 'port')) ? Number(written) : names?.get(textAt(port, 'port'));
  if (number === undefined) return { protocol, first: -1, last: -1, name: textAt(port, 'port') };
  return { protocol, first: number, last: Number(port.endPort ?? number) };
}

/** The rules for a pod in a direction; undefined where nothing holds it back. */
export function rulesFor(
  pod: PodClass,
  direction: Direction,
  policies: readonly Policy[],
): readonly Rule[] | undefined {
  const own = policies.flatMap(({ namespace, podSelector, rules }) =>
    namespace === pod.namespace && rules[direction] !== undefined && selects(podSelector, pod.labels)
      ? [rules[direction]]
      : [],
  );
  return own.length === 0 ? undefined : own.flat();
}

/** The ports on which rules let a pod through; undefined stands for all of them. */
export function portsWith(
  peer: PodClass,
  pod: PodClass,
  rules: readonly Rule[],
): readonly (readonly Ports[] | undefined)[] {
  return rules.filter(({ peers }) => peers.some((one) => isMeant(one, peer, pod))).map(({ ports }) => ports);
}

function isMeant({ isAnybody, selector }: Peer, peer: PodClass, pod: PodClass): boolean {
  if (isAnybody) return true;
  if (selector === undefined) return false;
  const space = selector.namespaceSelector;
  const isHere = isTree(space) ? selects(space, peer.namespaceLabels) : peer.namespace === pod.namespace;
  return isHere && (!isTree(selector.podSelector) || selects(selector.podSelector, peer.labels));
}

/** The addresses that rules let through, with their ports. */
export function addressesOf(
  rules: readonly Rule[],
): readonly { readonly addresses: Addresses; readonly ports: readonly Ports[] | undefined }[] {
  return rules.flatMap(({ peers, ports }) =>
    peers.filter(({ addresses }) => !addresses.isEmpty).map(({ addresses }) => ({ addresses, ports })),
  );
}

/** Every port that policies name, cut so that each rule covers a slice whole or not at all. */
export function slicesOf(policies: readonly Policy[]): readonly Ports[] {
  const all = policies.flatMap(({ rules }) =>
    [...(rules.ingress ?? []), ...(rules.egress ?? [])].flatMap(({ ports }) => ports ?? []),
  );
  const protocols = new Set([...all.map(({ protocol }) => protocol), 'TCP', 'UDP', 'SCTP']);
  return [...protocols].flatMap((protocol) => {
    const own = all.filter((one) => one.protocol === protocol);
    const names = [...new Set(own.flatMap(({ name }) => name ?? []))];
    const starts = new Set([0]);
    for (const { first, last, name } of own) {
      if (name !== undefined) continue;
      starts.add(first);
      if (last < lastPort) starts.add(last + 1);
    }
    const sorted = [...starts].sort((a, b) => a - b);
    return [
      ...sorted.map((first, i) => ({ protocol, first, last: (sorted[i + 1] ?? lastPort + 1) - 1 })),
      ...names.map((name) => ({ protocol, first: -1, last: -1, name })),
    ];
  });
}

/** Whether ports of a rule cover a slice; all ports do. */
export function covers(ports: readonly Ports[] | undefined, slice: Ports): boolean {
  return (
    ports === undefined ||
    ports.some(
      ({ protocol, first, last, name }) =>
        protocol === slice.protocol &&
        (slice.name === undefined
          ? name === undefined && first <= slice.first && last >= slice.last
          : name === slice.name || (first === 0 && last === lastPort)),
    )
  );
}

/** Slices as people write them: neighbours together, and all of them as such. */
export function portsText(slices: readonly Ports[]): string[] {
  const numbers = slices.filter(({ name }) => name === undefined);
  const byProtocol = new Map<string, Ports[]>();
  for (const slice of numbers) {
    const list = byProtocol.get(slice.protocol) ?? [];
    byProtocol.set(slice.protocol, list);
    const before = list.at(-1);
    if (before?.last === slice.first - 1) list[list.length - 1] = { ...before, last: slice.last };
    else list.push(slice);
  }
  const ranges = [...byProtocol.values()].flat();
  const whole = ranges.filter(({ first, last }) => first === 0 && last === lastPort);
  const isAll = whole.length === byProtocol.size && byProtocol.size >= 3;
  const names = slices.flatMap(({ protocol, name }) => (name === undefined ? [] : [`${protocol} ${name}`]));
  if (isAll) return ['every port'];
  return [
    ...ranges.map(({ protocol, first, last }) =>
      first === 0 && last === lastPort
        ? protocol
        : `${protocol} ${first === last ? String(first) : `${String(first)}-${String(last)}`}`,
    ),
    ...names,
  ];
}

/** Labels of a namespace; every one has its name as one. */
export function namespaceLabels(name: string, objects: Objects): Tree {
  const own = objects.of('Namespace').find((one) => one.name === name);
  return { ...treeAt(own?.body, 'metadata', 'labels'), 'kubernetes.io/metadata.name': name };
}

/** What the policies choose pods and namespaces by. */
export function selectorsOf(policies: readonly Policy[]): {
  readonly pods: readonly unknown[];
  readonly peers: readonly Tree[];
} {
  const peers = policies.flatMap(({ rules }) =>
    [...(rules.ingress ?? []), ...(rules.egress ?? [])].flatMap((rule) =>
      rule.peers.flatMap(({ selector }) => (selector === undefined ? [] : [selector])),
    ),
  );
  return { pods: policies.map(({ podSelector }) => podSelector), peers };
}
