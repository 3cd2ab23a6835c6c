import { Addresses } from '../../../sets/addresses';
import { textOf } from '../../equal';
import type { AccessChange } from '../../types';
import { comparePermits, type Permit, type Target } from '../permits';
import { push } from './iam';
import { blocks, keyOf, texts, type Thing, type Things } from './thing';

/** Ports of a protocol, both ends included. */
interface Traffic {
  /** `all` for every protocol. */
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
}

interface Rule {
  readonly address: string;
  readonly network: string;
  readonly isEgress: boolean;
  readonly priority: number;
  readonly allows: boolean;
  readonly ranges: Addresses;
  /** Tags and accounts that the traffic comes from. */
  readonly sources: readonly string[];
  /** Tags and accounts of the machines that it is for; empty for all. */
  readonly targets: readonly string[];
  readonly traffic: readonly Traffic[];
}

const lastPort = 65535;
const ipv4 = Addresses.of(['0.0.0.0/0']);
const nowhere = Addresses.of([]);

/**
 * Compares what gets through the firewall of each network, rule after rule in their priority: a rule that another one
 * keeps from doing anything changes nothing.
 */
export function compareFirewalls(before: Things, after: Things): AccessChange[] {
  const [old, now] = [byNetwork(before), byNetwork(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((network) =>
    [true, false].flatMap((isEgress) => {
      const [was, is] = [old.get(network) ?? [], now.get(network) ?? []].map((rules) =>
        rules.filter((rule) => rule.isEgress === isEgress),
      ) as [Rule[], Rule[]];
      return compareRules(network, isEgress, was, is);
    }),
  );
}

function byNetwork(things: Things): Map<string, Rule[]> {
  const rules = new Map<string, Rule[]>();
  for (const thing of things.of('google_compute_firewall')) {
    const rule = ruleOf(thing);
    if (rule !== undefined) push(rules, rule.network, rule);
  }
  return rules;
}

function ruleOf({ values, address }: Thing): Rule | undefined {
  if (String(values.disabled) === 'true') return undefined;
  const isEgress = values.direction === 'EGRESS';
  const sources = [...texts(values.source_tags), ...texts(values.source_service_accounts)];
  const written = texts(isEgress ? values.destination_ranges : values.source_ranges);
  const ranges = written.length === 0 && sources.length === 0 ? ['0.0.0.0/0'] : written;
  // A range that only a plan knows counts as somebody of that name.
  const symbolic = ranges.filter((range) => range.includes('${'));
  const denied = blocks(values.deny);
  const project = keyOf(values.project);
  return {
    address,
    network: `${project === '' ? '' : `${project}/`}${keyOf(values.network)}`,
    isEgress,
    priority: values.priority === undefined ? 1000 : Number(values.priority),
    allows: denied.length === 0,
    ranges: Addresses.of(ranges),
    sources: [...sources, ...symbolic].sort(),
    targets: [...texts(values.target_tags), ...texts(values.target_service_accounts)].sort(),
    traffic: [...denied, ...blocks(values.allow)].flatMap(trafficOf),
  };
}

/** Protocols that Google takes by their number as well. */
const numbers: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '50': 'esp',
  '51': 'ah',
  '94': 'ipip',
  '132': 'sctp',
};

function trafficOf({ protocol: written, ports }: Readonly<Record<string, unknown>>): Traffic[] {
  const name = textOf(written).toLowerCase();
  const protocol = numbers[name] ?? name;
  const listed = texts(ports);
  if (listed.length === 0) return [{ protocol, first: 0, last: lastPort }];
  return listed.map((port) => {
    const [first = '0', last = first] = port.split('-');
    return { protocol, first: Number(first), last: Number(last) };
  });
}

function compareRules(
  network: string,
  isEgress: boolean,
  was: readonly Rule[],
  is: readonly Rule[],
): AccessChange[] {
  const changed = [...onlyIn(was, is), ...onlyIn(is, was)];
  if (changed.length === 0) return [];
  const all = [...was, ...is];
  // A network of which no rule names an address of IPv6 has none that anybody thinks of.
  const everywhere = all.reduce(
    (sum, { ranges }) => (ranges.minus(ipv4).isEmpty ? sum : Addresses.all),
    ipv4,
  );
  const slices = slicesOf(changed, all);
  const senders = classesOf(changed, all, 'sources');
  const rows: { readonly machine: readonly string[]; readonly text: string; readonly row: AccessChange }[] =
    [];
  for (const machine of classesOf(changed, all, 'targets')) {
    const target = targetOf(network, isEgress, machine, changed);
    const permits = (rules: readonly Rule[], source: readonly string[]) =>
      slices.map((slice): Permit => ({
        target,
        principal: openTo(rules, { machine, source, slice, isEgress, everywhere }),
        what: `${isEgress ? 'out on ' : ''}${nameOf(slice)}`,
      }));
    const plain = new Set<string>();
    const found = senders.flatMap((source) =>
      comparePermits(permits(was, source), permits(is, source)).flatMap((row) => {
        const text = JSON.stringify(row);
        // What holds wherever traffic comes from need not be said of that with a tag again.
        if (plain.has(text)) return [];
        if (source.length > 0) {
          return [{ ...row, principal: `traffic from ${source.join(' and ')} at ${row.principal}` }];
        }
        plain.add(text);
        return [row];
      }),
    );
    for (const row of found) {
      const text = JSON.stringify([row.principal, row.verdict, row.before, row.after]);
      // What holds for all machines, or for a tag, need not be said of a tag, or of two, again.
      const isSaid = rows.some(
        (one) => one.text === text && one.machine.every((name) => machine.includes(name)),
      );
      if (!isSaid) rows.push({ machine, text, row });
    }
  }
  return rows.map(({ row }) => row);
}

function targetOf(
  network: string,
  isEgress: boolean,
  machine: readonly string[],
  changed: readonly Rule[],
): Target {
  const own = changed.filter(
    ({ targets }) => targets.length === 0 || targets.some((target) => machine.includes(target)),
  );
  const addresses = [...new Set(own.map(({ address }) => address))].sort().join(', ');
  const machines =
    machine.length === 0 ? 'machines without a tag or account' : `machines with ${machine.join(' and ')}`;
  return {
    key: `${network} ${machine.join('+')}`,
    shown: `network ${network}, ${machines}${isEgress ? ', outgoing' : ''} (${addresses})`,
  };
}

function onlyIn(some: readonly Rule[], others: readonly Rule[]): Rule[] {
  const plain = (rule: Rule) => JSON.stringify({ ...rule, address: '', ranges: rule.ranges.toRanges() });
  const known = new Set(others.map(plain));
  return some.filter((rule) => !known.has(plain(rule)));
}

/**
 * The kinds of machines, or of senders, that rules can tell apart: those without anything, those with one tag or account,
 * and those with one that a changed rule names and any other. More at once show nothing that two do not.
 */
function classesOf(
  changed: readonly Rule[],
  all: readonly Rule[],
  side: 'targets' | 'sources',
): readonly (readonly string[])[] {
  const named = [...new Set(all.flatMap((rule) => rule[side]))].sort();
  const touched = [...new Set(changed.flatMap((rule) => rule[side]))].sort();
  const isForAll = changed.some((rule) => rule[side].length === 0);
  const single = isForAll ? named : touched;
  const pairs = touched.flatMap((one) =>
    named
      .filter((other) => other !== one && !(touched.includes(other) && other < one))
      .filter((other) => mayDiffer(one, other, all, side))
      .map((other) => [one, other]),
  );
  return [...(isForAll || side === 'sources' ? [[]] : []), ...single.map((one) => [one]), ...pairs];
}

/** Two names together show something of their own only where one is let through and the other is not. */
function mayDiffer(one: string, other: string, all: readonly Rule[], side: 'targets' | 'sources'): boolean {
  const kinds = (name: string) =>
    new Set(all.filter((rule) => rule[side].includes(name)).map(({ allows }) => allows));
  const [own, others] = [kinds(one), kinds(other)];
  return (own.has(true) && others.has(false)) || (own.has(false) && others.has(true));
}

interface Asked {
  readonly machine: readonly string[];
  readonly source: readonly string[];
  readonly slice: Traffic;
  readonly isEgress: boolean;
  /** Every address that the network has. */
  readonly everywhere: Addresses;
}

/** The addresses that traffic of a kind gets through from, at a machine of a kind. */
function openTo(rules: readonly Rule[], { machine, source, slice, isEgress, everywhere }: Asked): Addresses {
  let [open, undecided] = [nowhere, everywhere];
  const asked = rules
    .filter(
      ({ targets, traffic }) =>
        (targets.length === 0 || targets.some((target) => machine.includes(target))) &&
        traffic.some((one) => covers(one, slice)),
    )
    .sort((a, b) => a.priority - b.priority || Number(a.allows) - Number(b.allows));
  for (const { ranges, sources, allows } of asked) {
    const meant = sources.some((one) => source.includes(one)) ? everywhere : ranges;
    if (allows) open = open.union(undecided.intersect(meant));
    undecided = undecided.minus(meant);
    if (undecided.isEmpty) break;
  }
  // What no rule decides goes out, and does not come in.
  return isEgress ? open.union(undecided) : open;
}

function covers(wide: Traffic, slice: Traffic): boolean {
  const isSame = wide.protocol === 'all' || wide.protocol === slice.protocol;
  return isSame && wide.first <= slice.first && wide.last >= slice.last;
}

/** The traffic of the changed rules, cut wherever a rule begins or ends, protocol by protocol. */
function slicesOf(changed: readonly Rule[], all: readonly Rule[]): Traffic[] {
  const own = changed.flatMap(({ traffic }) => traffic);
  const every = all.flatMap(({ traffic }) => traffic);
  const isAll = own.some(({ protocol }) => protocol === 'all');
  const protocols = new Set((isAll ? every : own).map(({ protocol }) => protocol));
  return [...protocols].flatMap((protocol) => {
    const within = (traffic: Traffic) => traffic.protocol === protocol || traffic.protocol === 'all';
    const starts = new Set<number>();
    const mine = own.filter(within);
    for (const { first, last } of every.filter(within)) {
      starts.add(first);
      starts.add(last + 1);
    }
    const sorted = [...starts].sort((a, b) => a - b);
    return sorted.flatMap((first, index) => {
      const last = (sorted[index + 1] ?? lastPort + 1) - 1;
      const slice = { protocol, first, last };
      return first <= last && mine.some((one) => one.first <= first && one.last >= last) ? [slice] : [];
    });
  });
}

function nameOf({ protocol, first, last }: Traffic): string {
  if (first === 0 && last === lastPort) return protocol === 'all' ? 'every other protocol' : protocol;
  return `${protocol} ${first === last ? String(first) : `${String(first)}-${String(last)}`}`;
}
