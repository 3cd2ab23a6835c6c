import { Construct } from 'constructs';
import { address, GkeCluster, GkeNodePool, WorkloadIdentityBinding } from '../src/google';
import type { Cluster, Platform } from '../src/model';
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
    };
    for (const cluster of platform.clusters) {
      const made = this.addCluster(scopes.clusters, cluster);
      this.addNodePools(scopes.pools, cluster, made);
      this.addBindings(scopes.bindings, cluster, made);
    }
  }

  private addCluster(scope: Construct, cluster: Cluster): GkeCluster {
    const { project, labels, network, secretDelivery } = this.platform;
    return setOrigin(
      new GkeCluster(scope, cluster.key, {
        project,
        labels,
        name: cluster.name,
        location: cluster.location,
        nodeLocations: cluster.zones,
        network: network.selfLink,
        subnetwork: network.subnetSelfLink,
        podsRangeName: network.podsRangeName,
        servicesRangeName: network.servicesRangeName,
        releaseChannel: cluster.releaseChannel,
        authorizedNetworks: cluster.authorizedNetworks,
        maintenance: cluster.maintenance,
        nodeServiceAccount: cluster.nodeIdentity.email,
        secretManagerAddon: secretDelivery === 'addon',
        deletionProtection: cluster.deletionProtection,
      }),
      cluster,
    );
  }

  private addNodePools(scope: Construct, cluster: Cluster, { cluster: resource }: GkeCluster): void {
    const { project, labels } = this.platform;
    for (const pool of cluster.nodePools) {
      const id = cluster.key === mainCluster ? pool.key : address(cluster.key, pool.key);
      setOrigin(
        new GkeNodePool(scope, id, {
          project,
          labels,
          name: pool.name,
          cluster: cluster.name,
          location: cluster.location,
          nodeLocations: cluster.zones,
          minNodes: pool.minNodes,
          maxNodes: pool.maxNodes,
          serviceAccount: cluster.nodeIdentity.email,
          machineType: pool.machineType,
          diskSizeGb: pool.diskSizeGb,
          diskType: pool.diskType,
          spot: pool.spot,
          nodeLabels: pool.labels,
          taints: pool.taints,
          dependsOn: [resource],
        }),
        pool,
      );
    }
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
