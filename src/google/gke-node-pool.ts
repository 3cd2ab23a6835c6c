import { ContainerNodePool } from '@cdktf/provider-google/lib/container-node-pool';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';
import { hardenedNodeConfig } from './node-config';

/** Keeps pods away that do not tolerate it. */
export interface NodeTaint {
  readonly key: string;
  readonly value: string;
  /** Effect as Google spells it. */
  readonly effect: 'NO_SCHEDULE' | 'PREFER_NO_SCHEDULE' | 'NO_EXECUTE';
}

/** How nodes are replaced: a few at a time, or by a second pool beside the first. */
export type NodePoolUpgrade =
  | {
      readonly strategy: 'SURGE';
      /** Nodes added at a time. */
      readonly maxSurge: number;
      /** Nodes taken away at a time. */
      readonly maxUnavailable: number;
    }
  | {
      readonly strategy: 'BLUE_GREEN';
      /** Minutes that the old nodes wait before they are deleted. */
      readonly soakMinutes: number;
    };

export interface GkeNodePoolProps extends LabelledEntityProps {
  /** Name of the pool. Changing this recreates it. */
  readonly name: string;
  /** Name of the cluster. Changing this recreates the pool. */
  readonly cluster: string;
  /** Location of the cluster's control plane. */
  readonly location: string;
  /**
   * Zones that nodes run in.
   * @default - the zones of the cluster
   */
  readonly nodeLocations?: readonly string[];
  /** Fewest nodes, over all zones together. */
  readonly minNodes: number;
  /** Most nodes, over all zones together. */
  readonly maxNodes: number;
  /**
   * Whether nodes are spread over the zones or taken where there are any.
   * @default 'BALANCED', 'ANY' for Spot
   */
  readonly locationPolicy?: 'BALANCED' | 'ANY';
  /**
   * Most pods on a node, which decides how many addresses a node takes. Changing this recreates the pool.
   * @default 110
   */
  readonly maxPodsPerNode?: number;
  /**
   * How nodes are replaced by newer ones.
   * @default - one is added at a time, none is taken away before
   */
  readonly upgrade?: NodePoolUpgrade;
  /** E-mail of the nodes' service account. Changing this recreates the pool. */
  readonly serviceAccount: string;
  /**
   * Compute Engine machine type.
   * @default 'e2-standard-4'
   */
  readonly machineType?: string;
  /**
   * Boot disk, in GB.
   * @default 50
   */
  readonly diskSizeGb?: number;
  /**
   * Type of the boot disk.
   * @default 'pd-balanced'
   */
  readonly diskType?: string;
  /**
   * Local SSDs for the scratch space of pods, 375 GB each. Changing this recreates the pool.
   * @default 0
   */
  readonly localSsdCount?: number;
  /**
   * Image of the nodes.
   * @default 'COS_CONTAINERD'
   */
  readonly imageType?: string;
  /**
   * Network tags of the nodes, for firewall rules.
   * @default - none
   */
  readonly tags?: readonly string[];
  /**
   * Cloud KMS key of the boot disks. Changing this recreates the pool.
   * @default - Google's own key
   */
  readonly bootDiskKmsKey?: string;
  /**
   * Whether the nodes are Spot: cheap, and taken away with 25 seconds of notice. Changing this recreates the pool.
   * @default false
   */
  readonly spot?: boolean;
  /**
   * Kubernetes labels of the nodes.
   * @default - none
   */
  readonly nodeLabels?: Readonly<Record<string, string>>;
  /**
   * Taints of the nodes.
   * @default - none: every pod may run on them
   */
  readonly taints?: readonly NodeTaint[];
}

/** Zones of a regional cluster that names none. */
const defaultZones = 3;

/**
 * Nodes of one shape that come and go with the work.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/node-pools
 */
export class GkeNodePool extends Construct {
  readonly pool: ContainerNodePool;

  constructor(scope: Construct, id: string, props: GkeNodePoolProps) {
    super(scope, id);
    if (props.minNodes > props.maxNodes) {
      throw new Error(
        `${this.node.path}: minNodes: got ${props.minNodes}, expected ≤ maxNodes (${props.maxNodes}); raise maxNodes or lower it`,
      );
    }
    const zones = props.nodeLocations ?? [];
    const taints = props.taints ?? [];
    const tags = props.tags ?? [];
    const spot = props.spot ?? false;
    this.pool = setAddress(
      new ContainerNodePool(this, 'pool', {
        project: props.project,
        name: props.name,
        cluster: props.cluster,
        location: props.location,
        ...(zones.length === 0 ? {} : { nodeLocations: [...zones] }),
        initialNodeCount: initialNodesPerZone(props, zones.length || defaultZones),
        autoscaling: {
          totalMinNodeCount: props.minNodes,
          totalMaxNodeCount: props.maxNodes,
          // Spot machines are taken where there are any; others are spread over the zones.
          locationPolicy: props.locationPolicy ?? (spot ? 'ANY' : 'BALANCED'),
        },
        // A release channel requires both.
        management: { autoRepair: true, autoUpgrade: true },
        upgradeSettings: upgradeSettings(props.upgrade),
        maxPodsPerNode: props.maxPodsPerNode ?? 110,
        nodeConfig: {
          ...hardenedNodeConfig({
            serviceAccount: props.serviceAccount,
            machineType: props.machineType ?? 'e2-standard-4',
            diskSizeGb: props.diskSizeGb ?? 50,
            diskType: props.diskType ?? 'pd-balanced',
            imageType: props.imageType,
            bootDiskKmsKey: props.bootDiskKmsKey,
            resourceLabels: props.labels,
          }),
          spot,
          labels: { ...props.nodeLabels },
          ...(tags.length === 0 ? {} : { tags: [...tags] }),
          ...(props.localSsdCount === undefined || props.localSsdCount === 0
            ? {}
            : { ephemeralStorageLocalSsdConfig: { localSsdCount: props.localSsdCount } }),
          ...(taints.length === 0 ? {} : { taint: taints.map((taint) => ({ ...taint })) }),
        },
        // It counts at creation only, and a change of it would recreate the pool: new bounds must not do that.
        lifecycle: { ignoreChanges: ['initial_node_count'] },
        ...dependencies(props),
      }),
      id,
    );
  }
}

/** Google counts the first nodes by zone: as many as reach the minimum, but never more than the maximum. */
function initialNodesPerZone(props: GkeNodePoolProps, zones: number): number {
  return Math.min(Math.ceil(props.minNodes / zones), Math.floor(props.maxNodes / zones));
}

function upgradeSettings(upgrade: NodePoolUpgrade = { strategy: 'SURGE', maxSurge: 1, maxUnavailable: 0 }) {
  if (upgrade.strategy === 'SURGE') return { ...upgrade };
  return {
    strategy: upgrade.strategy,
    blueGreenSettings: {
      nodePoolSoakDuration: `${upgrade.soakMinutes * 60}s`,
      standardRolloutPolicy: { batchNodeCount: 1, batchSoakDuration: '0s' },
    },
  };
}
