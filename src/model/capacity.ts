import { type ConfigPath, formatPath } from '../config/problem';
import { type Cidr, parseCidr, sizeOf } from './cidr';
import type { Cluster, Network, NodePool } from './platform';
import type { Scope } from './scope';

/** Addresses of a subnet that Google keeps: network, gateway, the last but one, broadcast. */
const keptByGoogle = 4;

/**
 * Adds a problem for each range that is too small for the nodes that may be there at once. Google would find out when
 * the node that is one too many does not come.
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips#cluster_sizing
 */
export function checkCapacity(scope: Scope, clusters: readonly Cluster[], network: Network): void {
  for (const cluster of clusters) {
    const pods = parseCidr(cluster.pods.cidr);
    if (pods !== undefined) checkPods(scope, cluster, pods);
  }
  const nodes = parseCidr(network.nodesCidr);
  const most = sum(clusters.flatMap(({ nodePools }) => nodePools.map(mostNodes)));
  if (nodes === undefined || most <= sizeOf(nodes) - keptByGoogle) return;
  scope.problems.add({
    path: scope.config.network.nodes === undefined ? ['cluster', 'nodePools'] : ['network', 'nodes'],
    message: 'the range of the nodes is too small for all that the node pools may have',
    found: `${network.nodesCidr}, room for ${sizeOf(nodes) - keptByGoogle} nodes; up to ${most} are asked for, those of an upgrade included`,
    allowed: `/${prefixFor(most + keptByGoogle)} or larger`,
    fix: `write network.nodes with a range of /${prefixFor(most + keptByGoogle)}, or lower nodes.max of the pools`,
    dependsOn: [['network', 'cidr'], ['cluster', 'nodePools'], ['clusters']],
  });
}

function checkPods({ config, problems }: Scope, cluster: Cluster, pods: Cidr): void {
  const { nodePools, origin } = cluster;
  const needed = sum(nodePools.map((pool) => mostNodes(pool) * addressesPerNode(pool)));
  if (needed <= sizeOf(pods)) return;
  const range: ConfigPath = origin[0] === 'cluster' ? ['network', 'pods'] : [...origin, 'pods'];
  // What was carved for nobody in particular is not what is wrong.
  const carved = origin[0] === 'cluster' && config.network.pods === undefined;
  problems.add({
    path: carved ? [...origin, 'nodePools'] : range,
    message: 'the range of the pods is too small for all that the node pools may have',
    found: `${cluster.pods.cidr}, ${sizeOf(pods)} addresses; up to ${sum(nodePools.map(mostNodes))} nodes take ${needed}, those of an upgrade included`,
    allowed: `/${prefixFor(needed)} or larger`,
    fix: `write ${formatPath(range)} with a range of /${prefixFor(needed)}, or lower nodes.max or maxPodsPerNode of the pools`,
    dependsOn: [
      ['network', 'cidr'],
      [...origin, 'nodePools'],
    ],
  });
}

/** The nodes of a pool while it is upgraded. */
function mostNodes({ maxNodes, upgrade }: NodePool): number {
  return maxNodes + (upgrade.strategy === 'SURGE' ? upgrade.maxSurge : maxNodes);
}

/** A node gets a range of at least twice its pods: 256 addresses for 110 pods. */
function addressesPerNode({ maxPodsPerNode }: NodePool): number {
  return 2 ** Math.ceil(Math.log2(2 * maxPodsPerNode));
}

/** The prefix of the smallest range with so many addresses. */
function prefixFor(addresses: number): number {
  return 32 - Math.ceil(Math.log2(addresses));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
