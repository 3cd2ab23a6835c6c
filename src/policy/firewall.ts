import type { Context } from './context';
import { Addresses } from '../sets/addresses';
import { textOf, textsOf, treesOf } from './tree';
import type { TerraformResource, Tree } from './types';

/** Ports of one protocol, both ends included; all of them where none is named. */
interface Traffic {
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
}

/** A firewall rule for one direction. */
export interface FirewallRule {
  readonly resource: TerraformResource;
  readonly priority: number;
  readonly allows: boolean;
  /** Where traffic comes from, or for what goes out, where it goes to. */
  readonly peers: Addresses;
  /** What it applies to: tags and service accounts; empty for all machines. */
  readonly targets: readonly string[];
  readonly traffic: readonly Traffic[];
}

/** Priority of a rule that says none. */
const defaultPriority = 1000;
const lastPort = 65535;

/** What a firewall resource does to traffic that comes in; nothing where it is off, or for what goes out. */
export function ingressRule(resource: TerraformResource, context: Context): FirewallRule | undefined {
  if (resource.body.direction === 'EGRESS') return undefined;
  return ruleOf(resource, context, 'source_ranges', ['source_tags', 'source_service_accounts']);
}

/** What a firewall resource does to traffic that goes out; nothing where it is off, or for what comes in. */
export function egressRule(resource: TerraformResource, context: Context): FirewallRule | undefined {
  if (resource.body.direction !== 'EGRESS') return undefined;
  return ruleOf(resource, context, 'destination_ranges', []);
}

function ruleOf(
  resource: TerraformResource,
  context: Context,
  rangesAt: string,
  namesAt: readonly string[],
): FirewallRule | undefined {
  const { body, unit } = resource;
  if (String(body.disabled) === 'true') return undefined;
  const texts = (name: string) =>
    textsOf(context.resolve(body[name], unit)).map((item) => textOf(context.resolve(item, unit)));
  const ranges = texts(rangesAt);
  const named = namesAt.flatMap(texts);
  const denied = treesOf(body.deny);
  return {
    resource,
    priority: body.priority === undefined ? defaultPriority : Number(body.priority),
    allows: denied.length === 0,
    // Where no peer of any kind is named, every address of IPv4 is one.
    peers: Addresses.of(ranges.length === 0 && named.length === 0 ? ['0.0.0.0/0'] : ranges),
    targets: [...texts('target_tags'), ...texts('target_service_accounts')],
    traffic: [...denied, ...treesOf(body.allow)].flatMap(trafficOf),
  };
}

/** What goes out by all the rules of a network. */
export function egressRulesOf(network: string, context: Context): FirewallRule[] {
  return context
    .terraform('google_compute_firewall')
    .filter((other) => networkOf(other, context) === network)
    .flatMap((other) => egressRule(other, context) ?? []);
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

function trafficOf(block: Tree): Traffic[] {
  const named = String(block.protocol).toLowerCase();
  const protocol = numbers[named] ?? named;
  const ports = textsOf(Array.isArray(block.ports) ? block.ports.map(String) : []);
  if (ports.length === 0) return [{ protocol, first: 0, last: lastPort }];
  return ports.map((port) => {
    const [first = '0', last = first] = port.split('-');
    return { protocol, first: Number(first), last: Number(last) };
  });
}

/** The network that a firewall rule belongs to, as a key: its address where it is in the output. */
export function networkOf({ body, unit }: TerraformResource, context: Context): string {
  return context.target(body.network, 'google_compute_network', unit)?.address ?? textOf(body.network);
}

/**
 * From where each part of what a rule allows can be reached, once the rules of the same network that come first have
 * had their say, with what the other rules allow on the same ports: four rules for a quarter of the internet each are
 * the internet.
 */
export function reachOf(
  rule: FirewallRule,
  others: readonly FirewallRule[],
): { readonly traffic: string; readonly sources: Addresses }[] {
  return rule.traffic.flatMap((part) =>
    slices(part, others).map((slice) => {
      const allowing = others.filter((other) => other.allows && other.traffic.some((t) => covers(t, slice)));
      const open = allowing.reduce(
        (sources, other) => sources.union(left(other, slice, others)),
        left(rule, slice, others),
      );
      // A rule that reaches nothing by itself is not to blame for the others.
      return { traffic: nameOf(slice), sources: left(rule, slice, others).isEmpty ? Addresses.of([]) : open };
    }),
  );
}

/** The sources that a rule lets in, less those that an earlier denial keeps out; at equal priority, a denial wins. */
function left(rule: FirewallRule, slice: Traffic, others: readonly FirewallRule[]): Addresses {
  return others
    .filter(
      (other) =>
        !other.allows &&
        other.priority <= rule.priority &&
        other.traffic.some((traffic) => covers(traffic, slice)) &&
        protects(other, rule),
    )
    .reduce((sources, other) => sources.minus(other.peers), rule.peers);
}

/** Whether a denial applies to every machine that the other rule applies to. */
export function protects(denial: FirewallRule, rule: FirewallRule): boolean {
  if (denial.targets.length === 0) return true;
  return rule.targets.length > 0 && rule.targets.every((target) => denial.targets.includes(target));
}

export function covers(wide: Traffic, slice: Traffic): boolean {
  const sameProtocol = wide.protocol === 'all' || wide.protocol === slice.protocol;
  return sameProtocol && wide.first <= slice.first && wide.last >= slice.last;
}

/** Cuts a range of ports wherever another rule begins or ends, so that each rule covers a slice whole or not at all. */
function slices(part: Traffic, others: readonly FirewallRule[]): Traffic[] {
  const cuts = new Set([part.first]);
  for (const { protocol, first, last } of others.flatMap(({ traffic }) => traffic)) {
    if (protocol !== 'all' && protocol !== part.protocol) continue;
    if (first > part.first && first <= part.last) cuts.add(first);
    if (last >= part.first && last < part.last) cuts.add(last + 1);
  }
  const starts = [...cuts].sort((a, b) => a - b);
  return starts.map((first, i) => ({ ...part, first, last: (starts[i + 1] ?? part.last + 1) - 1 }));
}

function nameOf({ protocol, first, last }: Traffic): string {
  if (first === 0 && last === lastPort) return protocol === 'all' ? 'everything' : protocol;
  return `${protocol} ${first === last ? String(first) : `${first}-${last}`}`;
}
