import { Addresses } from '../../../sets/addresses';
import { canonical } from '../../equal';
import type { AccessChange, Tree } from '../../types';
import { push } from '../google/iam';
import { rangesText, verdictOf } from '../permits';
import { labelsText, samplesOf, strangersOf } from './label-samples';
import {
  addressesOf,
  covers,
  type Direction,
  namespaceLabels,
  type PodClass,
  policiesIn,
  type Policy,
  type Ports,
  portsText,
  portsWith,
  rulesFor,
  selectorsOf,
  slicesOf,
} from './network-policies';
import { namespaceOf, type Objects, podOf, textAt } from './objects';

type Rules = ReturnType<typeof rulesFor>;

/** The same pods before and after; labels may have changed. */
interface Kind {
  readonly name: string;
  readonly before: PodClass;
  readonly after: PodClass;
  /** Whether it stands for all pods of its place that nothing else says something of. */
  readonly isGeneral: boolean;
}

/** Who reaches which pods, and whom pods reach, by all the policies together. */
export function compareReach(before: Objects, after: Objects): AccessChange[] {
  const [old, now] = [policiesIn(before), policiesIn(after)];
  const spaces = new Set([...old, ...now].map(({ namespace }) => namespace));
  const relabelled = workloads(before, after).filter(
    (kind) => canonical(kind.before) !== canonical(kind.after),
  );
  return [...spaces].sort().flatMap((namespace) => {
    const here = (policies: readonly Policy[]) => policies.filter((one) => one.namespace === namespace);
    const texts = (policies: readonly Policy[]) =>
      canonical(policies.map(({ object }) => [object.name, object.body.spec]));
    const spacesChanged = canonical(before.of('Namespace')) !== canonical(after.of('Namespace'));
    // What comes with its namespace, or goes with it, keeps nobody out who was in.
    const stands = [before, after].map((objects) =>
      objects.of('Namespace').some(({ name }) => name === namespace),
    );
    if (stands[0] !== stands[1]) return [];
    if (texts(here(old)) === texts(here(now)) && relabelled.length === 0 && !spacesChanged) return [];
    return new Comparison(namespace, here(old), here(now), before, after, relabelled).rows();
  });
}

/** Workloads of both sides. */
function workloads(before: Objects, after: Objects): Kind[] {
  const old = new Map(before.all.map((object) => [object.identity, object]));
  return after.all.flatMap((object): Kind[] => {
    const previous = old.get(object.identity);
    const [was, is] = [previous && podOf(previous), podOf(object)];
    if (was === undefined || is === undefined) return [];
    const namespace = namespaceOf(object);
    const of = (labels: Tree, objects: Objects) => ({
      namespace,
      namespaceLabels: namespaceLabels(namespace, objects),
      labels,
    });
    return [
      {
        name: `${object.kind} ${namespace}/${object.name}`,
        before: of(was.labels, before),
        after: of(is.labels, after),
        isGeneral: false,
      },
    ];
  });
}

class Comparison {
  private readonly slices: readonly Ports[];
  private readonly pods: readonly Kind[];
  private readonly peers: readonly Kind[];

  constructor(
    private readonly namespace: string,
    private readonly old: readonly Policy[],
    private readonly now: readonly Policy[],
    private readonly before: Objects,
    private readonly after: Objects,
    private readonly relabelled: readonly Kind[],
  ) {
    this.slices = slicesOf([...old, ...now]);
    this.pods = this.podKinds();
    this.peers = this.peerKinds();
  }

  rows(): AccessChange[] {
    const found = this.pods.flatMap((pod) =>
      (['ingress', 'egress'] as const).flatMap((direction) =>
        this.compare(pod, direction).map((row) => ({ pod, direction, row })),
      ),
    );
    // What is the same for several kinds of pods is one row.
    const groups = new Map<string, typeof found>();
    for (const one of found) {
      const { principal, verdict, before, after } = one.row;
      const key = canonical([one.direction, principal, verdict, before, after]);
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const names = group.map(({ pod }) => pod.name);
      const some = names.slice(0, 4).join('; ');
      const more = names.length > 4 ? ` and ${String(names.length - 4)} more` : '';
      const way = first.direction === 'ingress' ? '' : 'egress of ';
      return [{ ...first.row, resource: `${way}${some}${more} (${this.blamed()})` }];
    });
  }

  /** The policies that are not the same on both sides; the namespace where all are. */
  private blamed(): string {
    const texts = (policies: readonly Policy[]) =>
      new Map(policies.map(({ object }) => [object.address, canonical(object.body.spec)]));
    const [was, is] = [texts(this.old), texts(this.now)];
    const changed = [...new Set([...was.keys(), ...is.keys()])].filter(
      (address) => was.get(address) !== is.get(address),
    );
    return changed.length === 0 ? `policies of namespace ${this.namespace}` : changed.sort().join(', ');
  }

  private compare(pod: Kind, direction: Direction): AccessChange[] {
    const was = rulesFor(pod.before, direction, this.old);
    const is = rulesFor(pod.after, direction, this.now);
    if (was === undefined && is === undefined) return [];
    return [...this.compareAddresses(was, is, direction), ...this.comparePeers(pod, was, is, direction)];
  }

  private compareAddresses(was: Rules, is: Rules, direction: Direction): AccessChange[] {
    const open = (rules: Rules, slice: Ports) =>
      rules === undefined
        ? Addresses.all
        : addressesOf(rules)
            .filter(({ ports }) => covers(ports, slice))
            .reduce((all, { addresses }) => all.union(addresses), Addresses.of([]));
    const sides = this.slices.map((slice) => ({ slice, old: open(was, slice), now: open(is, slice) }));
    const sum = (part: (one: (typeof sides)[number]) => Addresses) =>
      sides.reduce((all, one) => all.union(part(one)), Addresses.of([]));
    const [gained, lost] = [sum(({ old, now }) => now.minus(old)), sum(({ old, now }) => old.minus(now))];
    const verdict = verdictOf(!gained.isEmpty, !lost.isEmpty);
    if (verdict === undefined) return [];
    const told = (side: 'old' | 'now') => {
      const byRanges = new Map<string, Ports[]>();
      for (const one of sides) {
        if (!one[side].isEmpty) push(byRanges, rangesText(one[side]), one.slice);
      }
      const word = direction === 'ingress' ? 'from' : 'to';
      return [...byRanges].map(([ranges, slices]) => `${portsText(slices).join(', ')} ${word} ${ranges}`);
    };
    const principal = rangesText(gained.isEmpty ? lost : gained);
    return [{ principal, resource: direction, verdict, before: told('old'), after: told('now') }];
  }

  private comparePeers(pod: Kind, was: Rules, is: Rules, direction: Direction): AccessChange[] {
    const groups = new Map<
      string,
      { names: string[]; row: Omit<AccessChange, 'principal'>; isGeneral: boolean }
    >();
    for (const peer of this.peers) {
      const open = (rules: Rules, one: PodClass, other: PodClass) => {
        const ports = rules === undefined ? [undefined] : portsWith(one, other, rules);
        return this.slices.filter((slice) => ports.some((list) => covers(list, slice)));
      };
      const [old, now] = [open(was, peer.before, pod.before), open(is, peer.after, pod.after)];
      const verdict = verdictOf(
        now.some((slice) => !old.includes(slice)),
        old.some((slice) => !now.includes(slice)),
      );
      if (verdict === undefined) continue;
      const [before, after] = [portsText(old), portsText(now)];
      const key = canonical([verdict, before, after]);
      const group = groups.get(key) ?? {
        names: [],
        row: { resource: direction, verdict, before, after },
        isGeneral: false,
      };
      groups.set(key, group);
      if (peer.isGeneral) group.isGeneral = true;
      group.names.push(peer.name);
    }
    const here = `any pod of namespace ${this.namespace}`;
    return [...groups.values()].map(({ names, row, isGeneral }) => {
      // Pods in general stand for those with labels.
      const everywhere = names.includes('any pod of any other namespace');
      const general = isGeneral
        ? names.filter((name) => name.startsWith(everywhere ? 'any pod of any' : 'any pod') || name === here)
        : names;
      const some = general.slice(0, 4).join('; ');
      const more = general.length > 4 ? ` and ${String(general.length - 4)} more` : '';
      return { principal: some + more, ...row };
    });
  }

  private kind(name: string, labels: Tree, isGeneral = false): Kind {
    const of = (objects: Objects) => ({
      namespace: this.namespace,
      namespaceLabels: namespaceLabels(this.namespace, objects),
      labels,
    });
    return { name, before: of(this.before), after: of(this.after), isGeneral };
  }

  /** The pods that there are, those that a selector chooses, and any other. */
  private podKinds(): Kind[] {
    const real = workloads(this.before, this.after).filter(({ after }) => after.namespace === this.namespace);
    const { pods } = selectorsOf([...this.old, ...this.now]);
    const samples = pods.flatMap((selector) => [...samplesOf(selector), ...strangersOf(selector)]);
    const known = new Set(real.map(({ after }) => canonical(after.labels)));
    return [
      this.kind(`any pod of namespace ${this.namespace}`, {}, true),
      ...distinct(samples)
        .filter((labels) => Object.keys(labels).length > 0 && !known.has(canonical(labels)))
        .map((labels) => this.kind(`pods ${labelsText(labels)} of namespace ${this.namespace}`, labels)),
      ...real,
    ];
  }

  private peerKinds(): Kind[] {
    const { peers } = selectorsOf([...this.old, ...this.now]);
    const samples = (name: string) =>
      distinct([
        {},
        ...peers.flatMap((peer) =>
          peer[name] === undefined ? [] : [...samplesOf(peer[name]), ...strangersOf(peer[name])],
        ),
      ]);
    const [pods, spaces] = [samples('podSelector'), samples('namespaceSelector')];
    const elsewhere = spaces.flatMap((space) =>
      pods.map((labels): Kind => {
        const where =
          Object.keys(space).length === 0 ? 'any other namespace' : `namespaces with ${labelsText(space)}`;
        const isGeneral = Object.keys(labels).length === 0 && Object.keys(space).length === 0;
        const name =
          Object.keys(labels).length === 0 ? `any pod of ${where}` : `pods ${labelsText(labels)} of ${where}`;
        const own = textAt(space, 'kubernetes.io/metadata.name') || '(another)';
        const one = { namespace: own, namespaceLabels: space, labels };
        return { name, before: one, after: one, isGeneral };
      }),
    );
    const here = pods.map((labels) =>
      Object.keys(labels).length === 0
        ? this.kind(`any pod of namespace ${this.namespace}`, {}, true)
        : this.kind(`pods ${labelsText(labels)} of namespace ${this.namespace}`, labels),
    );
    return [...elsewhere, ...here, ...this.relabelled, ...this.movedSpaces()];
  }

  /** Namespaces whose own labels changed. */
  private movedSpaces(): Kind[] {
    return this.after.of('Namespace').flatMap(({ name }) => {
      const [was, is] = [namespaceLabels(name, this.before), namespaceLabels(name, this.after)];
      if (canonical(was) === canonical(is) || !this.before.of('Namespace').some((one) => one.name === name)) {
        return [];
      }
      const of = (labels: Tree) => ({ namespace: name, namespaceLabels: labels, labels: {} });
      return [{ name: `pods of namespace ${name}`, before: of(was), after: of(is), isGeneral: false }];
    });
  }
}

function distinct(samples: readonly Tree[]): Tree[] {
  return [...new Map(samples.map((labels) => [canonical(labels), labels])).values()];
}
