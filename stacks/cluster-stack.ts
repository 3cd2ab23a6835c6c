import { Construct } from 'constructs';
import { address, GkeBackupPlan, GkeCluster, GkeNodePool, WorkloadIdentityBinding } from '../src/google';
import { type Cluster, encryptionKey, type Platform } from '../src/model';
import { setOrigin } from './origin';
import { PlatformStack } from './platform-stack';

/** The key of the first cluster, whose node pools need no prefix in their addresses. */
const mainCluster = 'platform';

/** What runs the workloads: the clusters, their node pools, and who pods may act as. */
export class ClusterStack extends PlatformStack {
  constructor(scope: Construct, platform: Platform) {
    super(scope, 'cluster', platform);
    const scopes = {
      clusters: this.group('clusters'),
      pools: this.group('node-pools'),
      bindings: this.group('workload-identity'),
      backups: this.group('backup-plans'),
    };
    for (const cluster of platform.clusters) {
      const made = this.addCluster(scopes.clusters, cluster);
      this.addNodePools(scopes.pools, cluster, made);
      this.addBindings(scopes.bindings, cluster, made);
      this.addBackupPlan(scopes.backups, cluster, made);
    }
  }

  private addCluster(scope: Construct, cluster: Cluster): GkeCluster {
    const { project, labels, network, secretDelivery } = this.platform;
    const databaseEncryptionKey = encryptionKey(this.platform, 'kubernetes', cluster.location);
    const bootDiskKmsKey = encryptionKey(this.platform, 'disks', cluster.location);
    return setOrigin(
      new GkeCluster(scope, cluster.key, {
        project,
        labels,
        name: cluster.name,
        location: cluster.location,
        autopilot: cluster.autopilot,
        nodeLocations: cluster.zones,
        network: network.selfLink,
        subnetwork: network.subnetSelfLink,
        podsRangeName: cluster.pods.name,
        servicesRangeName: cluster.services.name,
        releaseChannel: cluster.releaseChannel,
        authorizedNetworks: cluster.authorizedNetworks,
        maintenance: cluster.maintenance,
        maintenanceExclusions: cluster.maintenance.exclusions,
        nodeServiceAccount: cluster.nodeIdentity.email,
        secretManagerAddon: secretDelivery === 'addon',
        binaryAuthorization: cluster.binaryAuthorization,
        backupAgent: cluster.backup !== null,
        filestoreCsiDriver: cluster.sharedVolumes && !cluster.autopilot,
        deletionProtection: cluster.deletionProtection,
        ...(databaseEncryptionKey === undefined ? {} : { databaseEncryptionKey }),
        ...(bootDiskKmsKey === undefined ? {} : { bootDiskKmsKey }),
        ...(cluster.securityGroup === null ? {} : { securityGroup: cluster.securityGroup }),
        ...(cluster.notificationTopic === null ? {} : { notificationTopic: cluster.notificationTopic }),
      }),
      cluster,
    );
  }

  private addNodePools(scope: Construct, cluster: Cluster, { cluster: resource }: GkeCluster): void {
    const { project, labels, region } = this.platform;
    const bootDiskKmsKey = encryptionKey(this.platform, 'disks', cluster.location);
    for (const pool of cluster.nodePools) {
      const id = cluster.key === mainCluster ? pool.key : address(cluster.key, pool.key);
      setOrigin(
        new GkeNodePool(scope, id, {
          project,
          labels,
          name: pool.name,
          cluster: cluster.name,
          location: cluster.location,
          // The nodes of a zonal cluster are in its zone.
          nodeLocations: cluster.location === region ? cluster.zones : [cluster.location],
          minNodes: pool.minNodes,
          maxNodes: pool.maxNodes,
          locationPolicy: pool.locationPolicy,
          maxPodsPerNode: pool.maxPodsPerNode,
          upgrade: pool.upgrade,
          serviceAccount: pool.identity.email,
          machineType: pool.machineType,
          diskSizeGb: pool.diskSizeGb,
          diskType: pool.diskType,
          ...(bootDiskKmsKey === undefined ? {} : { bootDiskKmsKey }),
          localSsdCount: pool.localSsdCount,
          imageType: pool.imageType,
          spot: pool.spot,
          nodeLabels: pool.labels,
          taints: pool.taints,
          tags: pool.tags,
          dependsOn: [resource],
        }),
        pool,
      );
    }
  }

  private addBackupPlan(scope: Construct, { key, selfLink, backup }: Cluster, made: GkeCluster): void {
    if (backup === null) return;
    const { project, labels } = this.platform;
    const kmsKey = encryptionKey(this.platform, 'backups', backup.location);
    setOrigin(
      new GkeBackupPlan(scope, key, {
        project,
        labels,
        name: backup.name,
        location: backup.location,
        cluster: selfLink,
        schedule: backup.schedule,
        retainDays: backup.retainDays,
        lockDays: backup.lockDays,
        includeSecrets: backup.secrets,
        ...(kmsKey === undefined ? {} : { kmsKey }),
        dependsOn: [made.cluster],
      }),
      backup,
    );
  }

  private addBindings(scope: Construct, cluster: Cluster, { cluster: resource }: GkeCluster): void {
    for (const identity of this.platform.identities) {
      if (identity.kubernetes?.cluster !== cluster.key) continue;
      setOrigin(
        new WorkloadIdentityBinding(scope, identity.key, {
          project: this.platform.project,
          serviceAccountEmail: identity.email,
          workloadPool: cluster.workloadPool,
          namespace: identity.kubernetes.namespace,
          kubernetesServiceAccount: identity.kubernetes.serviceAccount,
          dependsOn: [resource],
        }),
        identity,
      );
    }
  }
}
