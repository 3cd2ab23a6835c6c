import { type ConfigPath, formatPath } from '../config/problem';
import type { FirewallRuleConfig } from '../config/schema/firewall';
import { parseCidr } from './cidr';
import { fit, limits } from './names';
import { checkedRange } from './network';
import type { FirewallRule } from './platform';
import { compare, type Scope, sortedEntries, sortedValues } from './scope';

/** Ports behind which a password is often all that stands between the internet and the data. */
const sensitivePorts: Readonly<Record<number, string>> = {
  22: 'SSH',
  23: 'Telnet',
  445: 'SMB',
  1433: 'SQL Server',
  1521: 'Oracle',
  2379: 'etcd',
  3306: 'MySQL',
  3389: 'RDP',
  5432: 'PostgreSQL',
  5439: 'Redshift',
  6379: 'Redis',
  9042: 'Cassandra',
  9200: 'Elasticsearch',
  10250: 'the kubelet',
  11211: 'Memcached',
  27017: 'MongoDB',
};

/** A range with a shorter prefix is taken for the internet, however it is cut into pieces. */
const internetPrefix = 8;

/** How many service accounts a rule takes. */
const mostTargets = 10;

const withPorts = new Set(['tcp', 'udp', 'sctp']);

/** The rules of the firewall, by key. */
export function resolveFirewall(scope: Scope): FirewallRule[] {
  const identities = nodeIdentities(scope);
  return sortedEntries(scope.config.network.firewall).map(([key, rule]) => {
    const origin: ConfigPath = ['network', 'firewall', key];
    checkRule(scope, rule, origin);
    checkInternet(scope, rule, origin);
    const peer = peerOf(scope, rule, origin);
    if (rule.tags === undefined && rule.peering === undefined && identities.length > mostTargets) {
      scope.problems.add({
        path: origin,
        message: 'there are more service accounts of nodes than a rule takes',
        found: `${identities.length} service accounts`,
        allowed: `at most ${mostTargets}, or network tags`,
        fix: 'add tags, and give the node pools that it is for the same ones',
      });
    }
    return {
      key,
      name: fit(limits.computeResource, scope.prefix, key),
      project: peer?.split('/')[1] ?? scope.config.google.project,
      peerNetwork: peer,
      description: rule.description ?? formatPath(origin),
      direction: rule.direction === 'ingress' ? 'INGRESS' : 'EGRESS',
      action: rule.action,
      priority: rule.priority,
      ranges: [...rule.ranges].sort(compare),
      protocols: rule.protocols
        .map(({ protocol, ports }) => ({ protocol, ports: (ports ?? []).map(String) }))
        .sort((a, b) => compare(a.protocol, b.protocol)),
      targetTags: [...(rule.tags ?? [])].sort(compare),
      targetIdentities: rule.tags === undefined && peer === null ? identities : [],
      origin,
    };
  });
}

/** The network on the other side of the peering that a rule names; null where it names none. */
function peerOf({ config, problems }: Scope, rule: FirewallRuleConfig, origin: ConfigPath): string | null {
  if (rule.peering === undefined) return null;
  const { peerings } = config.network;
  const path = [...origin, 'peering'];
  if (rule.tags === undefined) {
    problems.add({
      path,
      message: 'on the other side of a peering are no nodes of this platform',
      found: `peering: ${rule.peering} without tags`,
      allowed: 'the network tags of the machines there that it applies to',
      fix: 'add tags, for example tags: [postgres]',
    });
  }
  const declared = new Map(Object.entries(peerings));
  return (
    problems.reference(path, rule.peering, 'peering', ['network', 'peerings'], declared)?.network ?? null
  );
}

/** The keys of the service accounts of all nodes. */
function nodeIdentities({ clusters }: Scope): string[] {
  const keys = sortedValues(clusters).flatMap(({ config, nodeIdentity, pools }) => [
    ...(config.autopilot ? [nodeIdentity.key] : []),
    ...[...pools.values()].map(({ identity }) => identity.key),
  ]);
  return [...new Set(keys)].sort(compare);
}

function checkRule({ problems }: Scope, rule: FirewallRuleConfig, origin: ConfigPath): void {
  rule.ranges.forEach((range, i) => checkedRange(range, [...origin, 'ranges', i], problems));
  const seen = new Set<string>();
  rule.protocols.forEach(({ protocol, ports }, i) => {
    const path = [...origin, 'protocols', i];
    if (seen.has(protocol)) {
      problems.add({
        path: [...path, 'protocol'],
        message: `${protocol} stands here twice`,
        found: protocol,
        allowed: 'each protocol once',
        fix: 'write all its ports in one list',
      });
    }
    seen.add(protocol);
    if (withPorts.has(protocol) !== (ports !== undefined)) {
      problems.add({
        path: ports === undefined ? path : [...path, 'ports'],
        message: ports === undefined ? `${protocol} needs its ports said` : `${protocol} has no ports`,
        found: ports === undefined ? `protocol: ${protocol}` : ports.join(', '),
        allowed: ports === undefined ? 'ports, or ranges of ports' : 'no ports',
        fix: ports === undefined ? 'add ports, for example ports: [443]' : 'remove ports',
      });
    }
    ports?.forEach((port, j) => {
      const [from, to] = boundsOf(port);
      if (from >= 1 && to <= 65535 && from <= to) return;
      problems.add({
        path: [...path, 'ports', j],
        message: 'this is no range of ports',
        found: String(port),
        allowed: 'ports from 1 to 65535, the smaller one first',
        fix: from > to ? `did you mean ${to}-${from}?` : 'choose ports in those bounds',
      });
    });
  });
  if (rule.direction === 'egress' && rule.action === 'allow' && rule.priority >= 1000) {
    problems.add({
      path: [...origin, 'action'],
      message: 'outgoing connections are allowed anyway',
      found: 'an egress rule that allows',
      allowed: 'action: deny, or an exception with a priority below 1000 from a rule that denies',
      fix: 'write action: deny, a priority below that of the rule which denies, or remove the rule',
      dependsOn: [
        [...origin, 'direction'],
        [...origin, 'priority'],
      ],
    });
  }
}

/** What answers to passwords is not opened to the internet; people reach it through IAP, workloads through a peering. */
function checkInternet({ problems }: Scope, rule: FirewallRuleConfig, origin: ConfigPath): void {
  if (rule.direction !== 'ingress' || rule.action !== 'allow') return;
  const open = rule.ranges.findIndex((range) => (parseCidr(range)?.prefix ?? 32) < internetPrefix);
  if (open < 0) return;
  const exposed = Object.entries(sensitivePorts).flatMap(([port, service]) =>
    rule.protocols.some(({ ports }) =>
      ports?.some((one) => {
        const [from, to] = boundsOf(one);
        return from <= Number(port) && Number(port) <= to;
      }),
    )
      ? [`${port} (${service})`]
      : [],
  );
  if (exposed.length === 0) return;
  problems.add({
    path: [...origin, 'ranges', open],
    message: 'this opens services to the internet that must not be',
    found: `${rule.ranges[open] ?? ''} on port ${exposed.join(', ')}`,
    allowed: `ranges of /${internetPrefix} or smaller for these ports`,
    fix: 'name the ranges that need it; people come through IAP, which is 35.235.240.0/20',
    dependsOn: [[...origin, 'protocols']],
  });
}

function boundsOf(port: string | number): readonly [number, number] {
  const [from = 0, to = from] = String(port).split('-').map(Number);
  return [from, to];
}
