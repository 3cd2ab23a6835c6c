import type { ConfigPath } from '../config/problem';
import { type ClusterConfig, defaultNodePools } from '../config/schema/cluster';
import type { NodePoolConfig } from '../config/schema/node-pool';
import { needsHyperdisk, seriesOf, takesDisk, takesLocalSsd } from './machine-types';
import { fit, limits } from './names';
import type { Identity, NodePool, NodePoolUpgrade } from './platform';
import { addIdentity, mainCluster, type Scope, sortedEntries } from './scope';

/** Label of every node, and with `dedicated` also its taint: which pool it belongs to. */
export const poolLabel = 'tapline.dev/pool';

/** What the nodes' service account may do: write logs and metrics, and pull images. */
export const nodeRoles = ['roles/artifactregistry.reader', 'roles/container.defaultNodeServiceAccount'];

/** The node pools of a cluster by key; needed before workloads can be placed. Autopilot has none. */
export function resolveNodePools(
  scope: Scope,
  cluster: string,
  config: ClusterConfig,
  clusterIdentity: Identity,
  origin: ConfigPath,
): Map<string, NodePool> {
  if (config.autopilot) return new Map();
  return new Map(
    sortedEntries(config.nodePools ?? defaultNodePools).map(([key, pool]) => {
      const path = [...origin, 'nodePools', key];
      checkNodePool(scope, pool, path);
      const identity =
        pool.serviceAccount === 'cluster'
          ? clusterIdentity
          : addIdentity(scope, {
              // Two hyphens keep the keys apart: no key holds two.
              key: `nodes-${cluster}--${key}`,
              displayName: `Nodes of the pool ${cluster === mainCluster ? key : `${cluster}/${key}`}`,
              projectRoles: nodeRoles,
              origin: path,
            });
      return [key, resolveNodePool(key, pool, identity, path)];
    }),
  );
}

function resolveNodePool(
  key: string,
  pool: NodePoolConfig,
  identity: Identity,
  origin: ConfigPath,
): NodePool {
  const locationPolicy = pool.locationPolicy ?? (pool.spot ? 'any' : 'balanced');
  return {
    key,
    name: fit(limits.nodePool, key),
    machineType: pool.machineType,
    minNodes: pool.nodes.min,
    maxNodes: pool.nodes.max,
    maxPodsPerNode: pool.maxPodsPerNode,
    locationPolicy: locationPolicy === 'any' ? 'ANY' : 'BALANCED',
    diskSizeGb: pool.diskSizeGb,
    diskType: diskTypeOf(pool),
    localSsdCount: pool.localSsdCount,
    imageType: pool.imageType,
    spot: pool.spot,
    dedicated: pool.dedicated,
    upgrade: upgradeOf(pool),
    identity,
    labels: { ...pool.labels, [poolLabel]: key },
    taints: [
      ...(pool.dedicated ? [{ key: poolLabel, value: key, effect: 'NO_SCHEDULE' as const }] : []),
      ...pool.taints,
    ],
    tags: [...pool.tags].sort(),
    origin,
  };
}

function diskTypeOf({ machineType, diskType }: NodePoolConfig): string {
  return diskType ?? (needsHyperdisk(machineType) ? 'hyperdisk-balanced' : 'pd-balanced');
}

function upgradeOf({ upgrade }: NodePoolConfig): NodePoolUpgrade {
  return upgrade.strategy === 'blue-green'
    ? { strategy: 'BLUE_GREEN', soakMinutes: upgrade.soakMinutes ?? 60 }
    : { strategy: 'SURGE', maxSurge: upgrade.maxSurge ?? 1, maxUnavailable: upgrade.maxUnavailable ?? 0 };
}

/** Whether pods that tolerate nothing may run on a pool. */
export function isOpen({ taints }: Pick<NodePool, 'taints'>): boolean {
  return taints.every(({ effect }) => effect === 'PREFER_NO_SCHEDULE');
}

function checkNodePool({ problems }: Scope, pool: NodePoolConfig, path: ConfigPath): void {
  if (poolLabel in pool.labels) {
    problems.add({
      path: [...path, 'labels', poolLabel],
      at: 'key',
      message: 'every pool has this label already, with its own name',
      found: poolLabel,
      allowed: 'other labels',
      fix: 'remove the line',
    });
  }
  if (pool.nodes.min > pool.nodes.max) {
    problems.add({
      path: [...path, 'nodes'],
      message: 'the fewest nodes (min) are more than the most (max)',
      found: `min ${pool.nodes.min}, max ${pool.nodes.max}`,
      allowed: 'min ≤ max',
      fix: `write max: ${pool.nodes.min} or more, or lower min`,
    });
  }
  const series = seriesOf(pool.machineType).toUpperCase();
  const disk = diskTypeOf(pool);
  if (!takesDisk(pool.machineType, disk)) {
    const other = needsHyperdisk(pool.machineType) ? 'hyperdisk-balanced' : 'pd-balanced';
    problems.add({
      path: [...path, 'diskType'],
      message: `machines of the series ${series} do not boot from such a disk`,
      found: `${disk} for ${pool.machineType}`,
      allowed: needsHyperdisk(pool.machineType) ? other : 'pd-standard, pd-balanced, pd-ssd',
      fix: `write ${other}, or remove the line`,
      dependsOn: [[...path, 'machineType']],
    });
  }
  if (pool.localSsdCount > 0 && !takesLocalSsd(pool.machineType)) {
    problems.add({
      path: [...path, 'localSsdCount'],
      message: `machines of the series ${series} have no local SSD`,
      found: `${pool.localSsdCount} for ${pool.machineType}`,
      allowed: '0, or a machine type that takes them, such as n2-standard-4',
      fix: 'remove the line, or choose another machineType',
      dependsOn: [[...path, 'machineType']],
    });
  }
  checkUpgrade(problems, pool, path);
}

function checkUpgrade(problems: Scope['problems'], { upgrade }: NodePoolConfig, path: ConfigPath): void {
  const others = upgrade.strategy === 'surge' ? ['soakMinutes'] : ['maxSurge', 'maxUnavailable'];
  for (const [key, value] of sortedEntries(upgrade)) {
    if (value === undefined || !others.includes(key)) continue;
    problems.add({
      path: [...path, 'upgrade', key],
      at: 'key',
      message: `${key} means nothing with the strategy ${upgrade.strategy}`,
      found: key,
      allowed: upgrade.strategy === 'surge' ? 'maxSurge and maxUnavailable' : 'soakMinutes',
      fix: `remove the line, or write strategy: ${upgrade.strategy === 'surge' ? 'blue-green' : 'surge'}`,
      dependsOn: [[...path, 'upgrade', 'strategy']],
    });
  }
  if (upgrade.strategy === 'surge' && upgrade.maxSurge === 0 && (upgrade.maxUnavailable ?? 0) === 0) {
    problems.add({
      path: [...path, 'upgrade', 'maxSurge'],
      message: 'an upgrade that may neither add a node nor take one away cannot begin',
      found: 'maxSurge 0, maxUnavailable 0',
      allowed: 'one of the two at least 1',
      fix: 'write maxSurge: 1, or maxUnavailable: 1',
      dependsOn: [[...path, 'upgrade', 'maxUnavailable']],
    });
  }
}
