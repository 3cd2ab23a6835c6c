import { regions, zonesOf } from '../config/regions';
import { listed, nearest } from '../config/nearest';
import type { Config } from '../config/schema';
import type { NodePoolConfig } from '../config/schema/cluster';
import { fit, limits } from './names';
import { checkedRange } from './network';
import type { Cluster, Identity, NodePool } from './platform';
import type { Problems } from './problems';
import { mainCluster, sortedEntries } from './scope';

/** Prefix of the widest range that may reach the control plane: the largest private one. */
const widestAuthorized = 8;

/** Label of every node, and with `dedicated` also its taint: which pool it belongs to. */
export const poolLabel = 'tapline.dev/pool';

/** The node pools by key; needed before workloads can be placed. */
export function resolveNodePools(config: Config): Map<string, NodePool> {
  return new Map(
    sortedEntries(config.cluster.nodePools).map(([key, pool]) => [key, resolveNodePool(key, pool)]),
  );
}

function resolveNodePool(key: string, pool: NodePoolConfig): NodePool {
  return {
    key,
    name: fit(limits.nodePool, key),
    machineType: pool.machineType,
    minNodes: pool.nodes.min,
    maxNodes: pool.nodes.max,
    diskSizeGb: pool.diskSizeGb,
    diskType: pool.diskType,
    spot: pool.spot,
    dedicated: pool.dedicated,
    labels: { ...pool.labels, [poolLabel]: key },
    taints: [
      ...(pool.dedicated ? [{ key: poolLabel, value: key, effect: 'NO_SCHEDULE' as const }] : []),
      ...pool.taints,
    ],
    origin: ['cluster', 'nodePools', key],
  };
}

export function resolveCluster(
  config: Config,
  prefix: string,
  pools: ReadonlyMap<string, NodePool>,
  nodeIdentity: Identity,
  problems: Problems,
): Cluster {
  const { cluster, google } = config;
  checkZones(config, problems);
  checkMaintenance(config, problems);
  sortedEntries(cluster.authorizedNetworks).forEach(([displayName, cidr]) => {
    const path = ['cluster', 'authorizedNetworks', displayName];
    const range = checkedRange(cidr, path, problems);
    if (range !== undefined && range.prefix < widestAuthorized) {
      problems.add({
        path,
        message: 'too much of the internet could reach the control plane',
        found: cidr,
        allowed: `/${widestAuthorized} or smaller`,
        fix: 'name the ranges of the office or the VPN, or leave it out and use the DNS endpoint',
      });
    }
  });
  for (const pool of pools.values()) {
    if (poolLabel in (cluster.nodePools[pool.key]?.labels ?? {})) {
      problems.add({
        path: [...pool.origin, 'labels', poolLabel],
        at: 'key',
        message: 'every pool has this label already, with its own name',
        found: poolLabel,
        allowed: 'other labels',
        fix: 'remove the line',
      });
    }
    if (pool.minNodes > pool.maxNodes) {
      problems.add({
        path: [...pool.origin, 'nodes'],
        message: 'the fewest nodes (min) are more than the most (max)',
        found: `min ${pool.minNodes}, max ${pool.maxNodes}`,
        allowed: 'min ≤ max',
        fix: `write max: ${pool.minNodes} or more, or lower min`,
      });
    }
  }
  return {
    key: mainCluster,
    name: cluster.name ?? fit(limits.cluster, prefix),
    location: google.region,
    zones: [...(cluster.zones ?? [])].sort(),
    releaseChannel: cluster.releaseChannel.toUpperCase() as Cluster['releaseChannel'],
    authorizedNetworks: sortedEntries(cluster.authorizedNetworks).map(([displayName, cidr]) => ({
      displayName,
      cidr,
    })),
    deletionProtection: cluster.deletionProtection,
    maintenance: cluster.maintenance,
    workloadPool: `${google.project}.svc.id.goog`,
    nodeIdentity,
    nodePools: [...pools.values()],
    origin: ['cluster'],
  };
}

/** Days of the week that come round at least this often in the 32 days that Google looks at. */
const weeksIn32Days = 4;

function checkMaintenance({ cluster: { maintenance } }: Config, problems: Problems): void {
  const days = new Set(maintenance.days).size;
  const hours = weeksIn32Days * days * maintenance.durationHours;
  if (hours >= 48) return;
  problems.add({
    path: ['cluster', 'maintenance'],
    message: 'the window is too small for GKE',
    found: `${days} × ${maintenance.durationHours} hours a week, ${hours} hours in 32 days`,
    allowed: 'at least 48 hours in 32 days: 12 a week',
    fix: `add days, or write durationHours: ${Math.ceil(12 / days)}`,
  });
}

function checkZones(config: Config, problems: Problems): void {
  const region = config.google.region;
  if (!(region in regions)) return;
  const known = zonesOf(region);
  config.cluster.zones?.forEach((zone, i) => {
    if (known.includes(zone)) return;
    const near = nearest(zone, known);
    problems.add({
      path: ['cluster', 'zones', i],
      message: `'${zone}' is no zone of ${region}`,
      found: zone,
      allowed: listed(known),
      fix: near === undefined ? 'name zones of the region' : `did you mean '${near}'?`,
      dependsOn: [['google', 'region']],
    });
  });
}
