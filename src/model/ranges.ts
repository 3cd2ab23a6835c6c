import type { Config } from '../config/schema';
import type { ConfigPath } from '../config/problem';
import { type Cidr, contains, formatCidr, overlaps, parseCidr } from './cidr';
import type { Problems } from './problems';
import { sortedEntries } from './scope';

const rangeOf = (text: string): Cidr => {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new Error(`${text} is no range`);
  return cidr;
};

/** Where a network of ours may be: private use, and the shared space that VPC networks take as private. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/**
 * Instances of Cloud SQL use it inside, and never answer to it.
 * @see https://cloud.google.com/sql/docs/postgres/private-ip#requirements_for_private_ip
 */
const cloudSqlOwn = '172.17.0.0/16';

export function checkPrivate(cidr: Cidr, path: ConfigPath, problems: Problems): void {
  const found = formatCidr(cidr);
  if (!privateRanges.some((text) => contains(rangeOf(text), cidr))) {
    problems.add({
      path,
      message: 'the range is not private: addresses of others on the internet could not be reached any more',
      found,
      allowed: `a range within ${privateRanges.join(', ')}`,
      fix: `for example 10.40.0.0/${Math.max(cidr.prefix, 16)}`,
    });
  } else if (overlaps(rangeOf(cloudSqlOwn), cidr)) {
    problems.add({
      path,
      message: `Cloud SQL uses ${cloudSqlOwn} itself, and could not be reached from there`,
      found,
      allowed: `a private range that shares no address with ${cloudSqlOwn}`,
      fix: `for example 10.40.0.0/${Math.max(cidr.prefix, 16)}`,
    });
  }
}

/**
 * Longest prefix of each range, and who needs as much.
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips#cluster_sizing
 * @see https://cloud.google.com/vpc/docs/subnets#ipv4-ranges
 */
const longestPrefix = {
  nodes: [29, 'a subnet'],
  services: [27, 'GKE'],
  databases: [24, 'Cloud SQL'],
  pods: [24, 'GKE'],
} as const;

export function checkSize(
  name: keyof typeof longestPrefix,
  cidr: Cidr,
  path: ConfigPath,
  problems: Problems,
): void {
  const [prefix, who] = longestPrefix[name];
  if (cidr.prefix <= prefix) return;
  problems.add({
    path,
    message: `${who} needs a larger range`,
    found: formatCidr(cidr),
    allowed: `/${prefix} or larger`,
    fix: 'widen it, or leave it out to have it carved from network.cidr',
  });
}

/** GKE gives each node twice the addresses of the 110 pods that may run on it. */
const podPrefixPerNode = 24;

/** Nodes without a range for their pods never come up, and the autoscaler does not say why. */
export function checkCapacity(
  config: Config,
  pods: { readonly cidr: Cidr; readonly asked: boolean; readonly path: ConfigPath },
  problems: Problems,
): void {
  // A range that is too small for a single node has been told.
  if (pods.cidr.prefix > podPrefixPerNode) return;
  const room = 2 ** (podPrefixPerNode - pods.cidr.prefix);
  const pools = sortedEntries(config.cluster.nodePools).map(([key, { nodes }]) => ({ key, max: nodes.max }));
  const wanted = pools.reduce((sum, { max }) => sum + max, 0);
  if (wanted <= room) return;
  const largest = pools.reduce((a, b) => (b.max > a.max ? b : a)).key;
  const prefix = podPrefixPerNode - Math.ceil(Math.log2(wanted));
  problems.add({
    path: pods.asked ? pods.path : ['cluster', 'nodePools', largest, 'nodes'],
    message: 'the range of the pods is too small for the nodes: each takes a /24 of it, for up to 110 pods',
    found: `${pools.map(({ key, max }) => `${key} ${max}`).join(' + ')} = ${wanted} nodes; ${formatCidr(pods.cidr)} is enough for ${room}`,
    allowed: `nodes.max of all pools together at most ${room}, or a /${prefix} for the pods`,
    fix: pods.asked ? `widen it to /${prefix}, or lower nodes.max` : 'lower nodes.max, or widen network.cidr',
    dependsOn: [
      ['network', 'cidr'],
      ['network', 'pods'],
      ['cluster', 'nodePools'],
    ],
  });
}
