import type { Context } from './context';
import { groupBy, perContext } from './indexed';
import { Addresses } from '../sets/addresses';
import { selectsAll } from '../sets/label-selector';
import { isTree, textOf, textsOf, treesOf, valueAt } from './tree';
import type { KubernetesObject, Tree } from './types';

/** Addresses at which pods ask who they are: the metadata server, and that of Dataplane V2. */
export const metadataServer = Addresses.of(['169.254.169.252/32', '169.254.169.254/32']);

/** One rule of a policy, expanded. */
export interface Opening {
  /** `spec.egress[2]`. */
  readonly path: string;
  /** Whether the other side may be anybody: no peer is named. */
  readonly isAnybody: boolean;
  /** Whether pods of every namespace are meant. */
  readonly isEveryNamespace: boolean;
  /** The addresses of all its ranges together, less what each leaves out. */
  readonly addresses: Addresses;
  /** The ports, as numbers where they are; nothing where all are open. */
  readonly ports: readonly Port[] | undefined;
}

export interface Port {
  readonly first: number;
  readonly last: number;
  readonly protocol: string;
}

/** What a policy opens in a direction. */
export function openingsOf(policy: KubernetesObject, direction: 'ingress' | 'egress'): Opening[] {
  return treesOf(valueAt(policy.body, `spec.${direction}`)).map((rule, i) => {
    const peers = treesOf(rule[direction === 'ingress' ? 'from' : 'to']);
    return {
      path: `spec.${direction}[${i}]`,
      // A peer without anything in it names nobody, as does an empty list of them.
      isAnybody: peers.length === 0 || peers.some((peer) => Object.keys(peer).length === 0),
      isEveryNamespace: peers.some(
        ({ namespaceSelector }) => isTree(namespaceSelector) && selectsStrangers(namespaceSelector),
      ),
      addresses: peers.reduce((all, peer) => all.union(addressesOf(peer)), Addresses.of([])),
      ports: portsOf(rule.ports),
    };
  });
}

/** Every namespace has this label, by which Kubernetes names it. */
const nameLabel = 'kubernetes.io/metadata.name';

/** Whether a selector of namespaces chooses one that nobody here knows of: it names no label that they must have. */
function selectsStrangers(selector: Tree): boolean {
  if (isTree(selector.matchLabels) && Object.keys(selector.matchLabels).length > 0) return false;
  return treesOf(selector.matchExpressions).every(
    ({ key, operator }) =>
      ['NotIn', 'DoesNotExist'].includes(textOf(operator)) || (operator === 'Exists' && key === nameLabel),
  );
}

/** Whether a policy judges a direction at all. */
export function isAbout(policy: KubernetesObject, direction: 'Ingress' | 'Egress'): boolean {
  const types = textsOf(valueAt(policy.body, 'spec.policyTypes'));
  if (types.length > 0) return types.includes(direction);
  return direction === 'Ingress' || valueAt(policy.body, 'spec.egress') !== undefined;
}

const byNamespace = perContext((context) =>
  groupBy(context.objects('NetworkPolicy'), ({ unit, namespace }) => `${unit} ${namespace}`),
);

/** The network policies of a namespace of the same cluster. */
export function policiesOf(namespace: string, unit: string, context: Context): readonly KubernetesObject[] {
  return byNamespace(context).get(`${unit} ${namespace}`) ?? [];
}

/**
 * The addresses of an opening, with those that other rules and other policies open for the same pods on the same ports:
 * many ranges that are small each are the internet together. What has no public address takes no part, and neither does
 * a rule that is the internet by itself, and is to blame alone.
 */
export function jointAddresses(
  policy: KubernetesObject,
  opening: Opening,
  direction: 'ingress' | 'egress',
  context: Context,
): Addresses {
  if (!isPublic(opening)) return opening.addresses;
  return policiesOf(policy.namespace, policy.unit, context)
    .filter((other) => sharesPods(policy, other))
    .flatMap((other) => openingsOf(other, direction))
    .filter(
      (other) => isPublic(other) && !other.addresses.isTheWorld && sharesPorts(opening.ports, other.ports),
    )
    .reduce((all, other) => all.union(other.addresses), opening.addresses);
}

function isPublic({ addresses }: Opening): boolean {
  return !addresses.minus(Addresses.privateOnes).isEmpty;
}

/** Whether two policies surely choose some pod both. */
function sharesPods(one: KubernetesObject, other: KubernetesObject): boolean {
  const [first, second] = [one, other].map(({ body }) => valueAt(body, 'spec.podSelector'));
  return selectsAll(first) || selectsAll(second) || JSON.stringify(first) === JSON.stringify(second);
}

function sharesPorts(some: readonly Port[] | undefined, others: readonly Port[] | undefined): boolean {
  if (some === undefined || others === undefined) return true;
  return some.some((port) =>
    others.some(
      (other) => other.protocol === port.protocol && other.first <= port.last && other.last >= port.first,
    ),
  );
}

function addressesOf(peer: Tree): Addresses {
  const block = peer.ipBlock;
  if (!isTree(block)) return Addresses.of([]);
  // Without a range, a block is refused by the API server; here it counts as everything.
  const range = typeof block.cidr === 'string' ? Addresses.of([block.cidr]) : Addresses.all;
  return range.minus(Addresses.of(textsOf(block.except)));
}

function portsOf(ports: unknown): Port[] | undefined {
  const listed = treesOf(ports);
  if (listed.length === 0 || listed.some(({ port }) => port === undefined)) return undefined;
  return listed.map(({ port, endPort, protocol }) => {
    const first = Number(port);
    return { first, last: Number(endPort ?? port), protocol: textOf(protocol) || 'TCP' };
  });
}
