import type { ConfigPath } from '../config/problem';
import type { Config } from '../config/schema';
import type { ClusterConfig } from '../config/schema/cluster';
import { regions, zonesOf } from '../config/regions';
import { listed, nearest } from '../config/nearest';
import { checkMaintenance, resolveExclusions } from './maintenance';
import { fit, limits } from './names';
import { checkedRange, furtherRangeName } from './network';
import { isOpen, nodeRoles, resolveNodePools } from './node-pools';
import type { Cluster, ClusterBackup, Network } from './platform';
import type { Topics } from './pubsub';
import {
  addIdentity,
  clusterOf,
  type ClusterPlan,
  mainCluster,
  type Scope,
  sortedEntries,
  sortedValues,
} from './scope';

/** Prefix of the widest range that may reach the control plane: the largest private one. */
const widestAuthorized = 8;

/** The clusters as they are declared, by key; the one under `cluster` is the first. */
export function declaredClusters(config: Config): Map<string, { config: ClusterConfig; origin: ConfigPath }> {
  const further = sortedEntries(config.clusters).map(
    ([key, cluster]): [string, { config: ClusterConfig; origin: ConfigPath }] => [
      key,
      { config: cluster, origin: ['clusters', key] },
    ],
  );
  return new Map([[mainCluster, { config: config.cluster, origin: ['cluster'] }], ...further]);
}

/** Adds the clusters to the scope with their pools and the service accounts of their nodes. */
export function planClusters(scope: Scope): void {
  for (const [key, { config, origin }] of declaredClusters(scope.config)) {
    const nodeIdentity = addIdentity(scope, {
      key: `nodes-${key}`,
      displayName: key === mainCluster ? 'Nodes of the cluster' : `Nodes of the cluster ${key}`,
      projectRoles: nodeRoles,
      origin,
    });
    const pools = resolveNodePools(scope, key, config, nodeIdentity, origin);
    scope.clusters.set(key, { key, config, origin, nodeIdentity, pools });
  }
}

/** The clusters, checked. Call it when everything that they name has been resolved. */
export function resolveClusters(scope: Scope, network: Network, topics: Topics): Cluster[] {
  return sortedValues(scope.clusters).map((plan) => {
    checkCluster(scope, plan);
    return resolveCluster(scope, plan, network, topics);
  });
}

function resolveCluster(scope: Scope, plan: ClusterPlan, network: Network, topics: Topics): Cluster {
  const { key, config, origin } = plan;
  const { project, region } = scope.config.google;
  const parts = key === mainCluster ? [scope.prefix] : [scope.prefix, key];
  const name = config.name ?? fit(limits.cluster, ...parts);
  const location = config.zone ?? region;
  const range = (kind: 'pods' | 'services') => {
    const found = network.furtherRanges.find((one) => one.name === furtherRangeName(kind, key));
    return found ?? { name: network[`${kind}RangeName`], cidr: network[`${kind}Cidr`] };
  };
  return {
    key,
    name,
    selfLink: `projects/${project}/locations/${location}/clusters/${name}`,
    location,
    autopilot: config.autopilot,
    zones: [...(config.zones ?? [])].sort(),
    pods: range('pods'),
    services: range('services'),
    releaseChannel: config.releaseChannel.toUpperCase() as Cluster['releaseChannel'],
    authorizedNetworks: sortedEntries(config.authorizedNetworks).map(([displayName, cidr]) => ({
      displayName,
      cidr,
    })),
    securityGroup: config.securityGroup ?? null,
    binaryAuthorization: config.binaryAuthorization,
    deletionProtection: config.deletionProtection,
    maintenance: { ...config.maintenance, exclusions: resolveExclusions(config) },
    notificationTopic: notificationTopic(plan, topics),
    backup: resolveBackup(scope, plan, parts),
    sharedVolumes: Object.values(scope.config.airflow).some(
      ({ logs, namespace }) =>
        logs !== 'bucket' && clusterOf(scope, namespace ?? [...scope.namespaces.keys()][0] ?? '') === key,
    ),
    workloadPool: `${project}.svc.id.goog`,
    nodeIdentity: plan.nodeIdentity,
    nodePools: [...plan.pools.values()],
    origin,
  };
}

function notificationTopic({ config, origin }: ClusterPlan, topics: Topics): string | null {
  if (config.notifications === undefined) return null;
  return topics.use(config.notifications, [...origin, 'notifications'])?.topicId ?? null;
}

function resolveBackup(
  scope: Scope,
  { config, origin }: ClusterPlan,
  parts: readonly string[],
): ClusterBackup | null {
  if (config.backup === undefined) return null;
  const path = [...origin, 'backup'];
  if (config.backup.lockDays > config.backup.retainDays) {
    scope.problems.add({
      path: [...path, 'lockDays'],
      message: 'a backup cannot be locked for longer than it is kept',
      found: `${config.backup.lockDays}, retainDays ${config.backup.retainDays}`,
      allowed: `at most ${config.backup.retainDays}`,
      fix: `write retainDays: ${config.backup.lockDays}, or lower it to ${config.backup.retainDays}`,
      dependsOn: [[...path, 'retainDays']],
    });
  }
  const name = fit(limits.computeResource, ...parts, 'backup');
  return { name, location: scope.config.google.region, ...config.backup, origin: path };
}

function checkCluster(scope: Scope, plan: ClusterPlan): void {
  const { config, origin } = plan;
  const { problems } = scope;
  checkZones(scope, plan);
  checkAutopilot(scope, plan);
  checkMaintenance(config, origin, problems);
  sortedEntries(config.authorizedNetworks).forEach(([displayName, cidr]) => {
    const path = [...origin, 'authorizedNetworks', displayName];
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
  if (!config.autopilot && ![...plan.pools.values()].some(isOpen)) {
    problems.add({
      path: [...origin, 'nodePools'],
      message:
        "every pool has a taint, so Kubernetes' own pods, and those that name no pool, would wait for ever",
      found: [...plan.pools.keys()].join(', '),
      allowed: 'at least one pool without taints',
      fix: 'add a pool, for example main: {}, or remove dedicated and taints from one',
    });
  }
}

function checkAutopilot({ problems }: Scope, { config, origin }: ClusterPlan): void {
  if (!config.autopilot) return;
  for (const key of ['nodePools', 'zone', 'zones'] as const) {
    if (config[key] === undefined) continue;
    problems.add({
      path: [...origin, key],
      at: 'key',
      message:
        key === 'nodePools'
          ? 'an Autopilot cluster has no node pools: Google runs its nodes'
          : 'an Autopilot cluster is in all zones of its region',
      found: key,
      allowed: `autopilot: true without ${key}`,
      fix: `remove ${key}, or remove autopilot: true`,
      dependsOn: [[...origin, 'autopilot']],
    });
  }
}

function checkZones({ config: { google }, problems }: Scope, { config, origin }: ClusterPlan): void {
  if (config.zone !== undefined && config.zones !== undefined) {
    problems.add({
      path: [...origin, 'zones'],
      at: 'key',
      message: 'a cluster in one zone has its nodes there',
      found: `zone: ${config.zone} and zones: [${config.zones.join(', ')}]`,
      allowed: 'zone or zones',
      fix: 'remove zones, or remove zone to have the control plane in all zones of the region',
      dependsOn: [[...origin, 'zone']],
    });
  }
  if (!(google.region in regions)) return;
  const known = zonesOf(google.region);
  const asked: [string, ConfigPath][] = (config.zones ?? []).map((zone, i) => [
    zone,
    [...origin, 'zones', i],
  ]);
  if (config.zone !== undefined) asked.push([config.zone, [...origin, 'zone']]);
  for (const [zone, path] of asked) {
    if (known.includes(zone)) continue;
    const near = nearest(zone, known);
    problems.add({
      path,
      message: `'${zone}' is no zone of ${google.region}`,
      found: zone,
      allowed: listed(known),
      fix: near === undefined ? 'name zones of the region' : `did you mean '${near}'?`,
      dependsOn: [['google', 'region']],
    });
  }
}
