import type { Identity } from './identity';
import type { NamedRange } from './network';
import type { Originated } from './originated';

export interface Cluster extends Originated {
  /** Identity within the platform; the first cluster is `platform`. */
  readonly key: string;
  /** Name at Google. */
  readonly name: string;
  /** `projects/P/locations/L/clusters/N`. */
  readonly selfLink: string;
  /** Region of the control plane, or the zone of a zonal cluster. */
  readonly location: string;
  /** Whether Google runs the nodes; there are no node pools then. */
  readonly autopilot: boolean;
  /** Zones of the nodes, or empty where Google chooses. */
  readonly zones: readonly string[];
  /** Range of the pods. */
  readonly pods: NamedRange;
  /** Range of the Kubernetes services. */
  readonly services: NamedRange;
  readonly releaseChannel: 'RAPID' | 'REGULAR' | 'STABLE' | 'EXTENDED';
  readonly authorizedNetworks: readonly { readonly displayName: string; readonly cidr: string }[];
  /** Google group whose member groups may be named in role bindings; null where there is none. */
  readonly securityGroup: string | null;
  readonly binaryAuthorization: boolean;
  readonly deletionProtection: boolean;
  readonly maintenance: {
    readonly start: string;
    readonly durationHours: number;
    readonly days: readonly string[];
    readonly exclusions: readonly MaintenanceExclusion[];
  };
  /** `projects/P/topics/T` that is told of upgrades and security bulletins; null where nobody is told. */
  readonly notificationTopic: string | null;
  /** How what runs on the cluster is backed up; null where it is not. */
  readonly backup: ClusterBackup | null;
  /** Whether something on it needs volumes that many nodes write at once. */
  readonly sharedVolumes: boolean;
  /** `PROJECT.svc.id.goog`. */
  readonly workloadPool: string;
  /** The nodes' service account. */
  readonly nodeIdentity: Identity;
  readonly nodePools: readonly NodePool[];
}

/** A time without upgrades. */
export interface MaintenanceExclusion {
  readonly name: string;
  /** RFC 3339, UTC. */
  readonly start: string;
  /** RFC 3339, UTC. */
  readonly end: string;
  readonly scope: 'NO_UPGRADES' | 'NO_MINOR_UPGRADES' | 'NO_MINOR_OR_NODE_UPGRADES';
}

/** A plan of Backup for GKE. */
export interface ClusterBackup extends Originated {
  readonly name: string;
  /** Region where the backups are. */
  readonly location: string;
  /** Cron with five fields, UTC. */
  readonly schedule: string;
  readonly retainDays: number;
  /** Days in which nobody can delete a backup. */
  readonly lockDays: number;
  readonly secrets: boolean;
}

export interface NodePool extends Originated {
  readonly key: string;
  /** Name at Google. */
  readonly name: string;
  readonly machineType: string;
  readonly minNodes: number;
  readonly maxNodes: number;
  /** Most pods on a node: each node takes twice as many addresses, rounded up to a range. */
  readonly maxPodsPerNode: number;
  readonly locationPolicy: 'BALANCED' | 'ANY';
  readonly diskSizeGb: number;
  readonly diskType: string;
  readonly localSsdCount: number;
  readonly imageType: 'COS_CONTAINERD' | 'UBUNTU_CONTAINERD';
  readonly spot: boolean;
  readonly dedicated: boolean;
  readonly upgrade: NodePoolUpgrade;
  /** The nodes' service account: the cluster's, or one of the pool's own. */
  readonly identity: Identity;
  /** Kubernetes labels, the pool's own included. */
  readonly labels: Readonly<Record<string, string>>;
  /** Taints with Google's spelling of the effect, the pool's own included. */
  readonly taints: readonly Taint[];
  /** Network tags, for firewall rules. */
  readonly tags: readonly string[];
}

/** How nodes are replaced: a few at a time, or by a second pool beside the first. */
export type NodePoolUpgrade =
  | { readonly strategy: 'SURGE'; readonly maxSurge: number; readonly maxUnavailable: number }
  | { readonly strategy: 'BLUE_GREEN'; readonly soakMinutes: number };

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NO_SCHEDULE' | 'PREFER_NO_SCHEDULE' | 'NO_EXECUTE';
}
