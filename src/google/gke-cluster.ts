import { ContainerCluster } from '@cdktf/provider-google/lib/container-cluster';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';
import { type MaintenanceExclusion, type MaintenanceWindow, recurringWindow } from './maintenance-window';
import { hardenedNodeConfig } from './node-config';

/** A range that may reach the control plane by its IP address. */
export interface AuthorizedNetwork {
  readonly displayName: string;
  /** The range, for example `203.0.113.0/24`. */
  readonly cidr: string;
}

export interface GkeClusterProps extends LabelledEntityProps {
  /** Name of the cluster. Changing this recreates it. */
  readonly name: string;
  /** Region of the control plane, or the zone of a zonal cluster. Changing this recreates the cluster. */
  readonly location: string;
  /**
   * Whether Google runs the nodes too. Such a cluster has no node pools, and what concerns nodes is decided by Google.
   * Changing this recreates the cluster.
   * @default false
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-overview
   */
  readonly autopilot?: boolean;
  /**
   * Zones that nodes run in.
   * @default - Google chooses three zones of the region
   */
  readonly nodeLocations?: readonly string[];
  /** `projects/P/global/networks/N`. Changing this recreates the cluster. */
  readonly network: string;
  /** `projects/P/regions/R/subnetworks/N`. Changing this recreates the cluster. */
  readonly subnetwork: string;
  /**
   * Name of the secondary range of the pods. Changing this recreates the cluster. It has no default: where the ranges
   * are not named, GKE adds ranges of its own to the subnet, which then never settles.
   */
  readonly podsRangeName: string;
  /** Name of the secondary range of the services. Changing this recreates the cluster. */
  readonly servicesRangeName: string;
  /**
   * How early the cluster gets new versions of Kubernetes.
   * @default 'REGULAR'
   */
  readonly releaseChannel?: 'RAPID' | 'REGULAR' | 'STABLE' | 'EXTENDED';
  /**
   * Ranges that may reach the control plane by its IP address.
   * @default - none: only the DNS endpoint is open, to callers whose IAM role allows it
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation
   */
  readonly authorizedNetworks?: readonly AuthorizedNetwork[];
  /** When Google may upgrade the control plane and the nodes. */
  readonly maintenance: MaintenanceWindow;
  /**
   * Times without upgrades.
   * @default - none
   */
  readonly maintenanceExclusions?: readonly MaintenanceExclusion[];
  /** E-mail of the service account of the first, temporary nodes; with Autopilot, of all nodes. */
  readonly nodeServiceAccount: string;
  /**
   * Whether GKE mounts secrets of Secret Manager into pods.
   * @default false
   * @see https://cloud.google.com/secret-manager/docs/secret-manager-managed-csi-component
   */
  readonly secretManagerAddon?: boolean;
  /**
   * Whether the project's Binary Authorization policy decides which images may run.
   * @default true
   * @see https://cloud.google.com/binary-authorization/docs/overview
   */
  readonly binaryAuthorization?: boolean;
  /**
   * Whether the agent of Backup for GKE runs, which {@link GkeBackupPlan} needs.
   * @default false
   */
  readonly backupAgent?: boolean;
  /**
   * Whether volumes of Filestore, which many nodes write at once, can be made.
   * @default - an Autopilot cluster can, others cannot
   */
  readonly filestoreCsiDriver?: boolean;
  /**
   * Whether Terraform refuses to destroy or replace the cluster.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Google group, `gke-security-groups@DOMAIN`, whose member groups may be named in role bindings.
   * @default - role bindings name people one by one
   */
  readonly securityGroup?: string;
  /**
   * Cloud KMS key that encrypts Kubernetes Secrets in etcd.
   * @default - Google's own key
   */
  readonly databaseEncryptionKey?: string;
  /**
   * Cloud KMS key of the boot disks of the nodes that the cluster makes itself. Changing this recreates the cluster.
   * @default - Google's own key
   */
  readonly bootDiskKmsKey?: string;
  /**
   * Pub/Sub topic, `projects/P/topics/T`, that is told of upgrades and security bulletins.
   * @default - nobody is told
   */
  readonly notificationTopic?: string;
}

/**
 * A private, VPC-native GKE cluster without nodes; {@link GkeNodePool} adds them, unless it is an Autopilot cluster.
 *
 * Nodes have no public address, the control plane is reached by its DNS endpoint, pods act as service accounts by
 * Workload Identity, and network policies are enforced by Dataplane V2.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster
 */
export class GkeCluster extends Construct {
  readonly cluster: ContainerCluster;
  /** `PROJECT.svc.id.goog`: what Workload Identity members begin with. */
  readonly workloadPool: string;

  constructor(scope: Construct, id: string, props: GkeClusterProps) {
    super(scope, id);
    this.workloadPool = `${props.project}.svc.id.goog`;
    const labels = { ...props.labels };
    const nodeLocations = props.nodeLocations ?? [];
    const exclusions = props.maintenanceExclusions ?? [];
    this.cluster = setAddress(
      new ContainerCluster(this, 'cluster', {
        project: props.project,
        name: props.name,
        location: props.location,
        ...(nodeLocations.length === 0 ? {} : { nodeLocations: [...nodeLocations] }),
        network: props.network,
        subnetwork: props.subnetwork,
        networkingMode: 'VPC_NATIVE',
        ipAllocationPolicy: {
          clusterSecondaryRangeName: props.podsRangeName,
          servicesSecondaryRangeName: props.servicesRangeName,
        },
        ...controlPlaneAccess(props.authorizedNetworks ?? []),
        datapathProvider: 'ADVANCED_DATAPATH',
        ...(props.autopilot === true ? autopilotNodes(props) : standardNodes(props, labels)),
        gatewayApiConfig: { channel: 'CHANNEL_STANDARD' },
        enableLegacyAbac: false,
        masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
        workloadIdentityConfig: { workloadPool: this.workloadPool },
        binaryAuthorization: {
          evaluationMode:
            (props.binaryAuthorization ?? true) ? 'PROJECT_SINGLETON_POLICY_ENFORCE' : 'DISABLED',
        },
        securityPostureConfig: { mode: 'BASIC', vulnerabilityMode: 'VULNERABILITY_DISABLED' },
        ...(props.secretManagerAddon === true ? { secretManagerConfig: { enabled: true } } : {}),
        ...(props.securityGroup === undefined
          ? {}
          : { authenticatorGroupsConfig: { securityGroup: props.securityGroup } }),
        ...(props.databaseEncryptionKey === undefined
          ? {}
          : { databaseEncryption: { state: 'ENCRYPTED', keyName: props.databaseEncryptionKey } }),
        ...(props.notificationTopic === undefined
          ? {}
          : { notificationConfig: { pubsub: { enabled: true, topic: props.notificationTopic } } }),
        releaseChannel: { channel: props.releaseChannel ?? 'REGULAR' },
        maintenancePolicy: {
          recurringWindow: recurringWindow(props.maintenance),
          ...(exclusions.length === 0 ? {} : { maintenanceExclusion: exclusions.map(exclusionOf) }),
        },
        loggingConfig: { enableComponents: ['SYSTEM_COMPONENTS', 'WORKLOADS'] },
        monitoringConfig: {
          enableComponents: ['SYSTEM_COMPONENTS'],
          managedPrometheus: { enabled: true },
        },
        costManagementConfig: { enabled: true },
        resourceLabels: labels,
        deletionProtection: props.deletionProtection ?? true,
        timeouts: { create: '60m', update: '60m', delete: '60m' },
        ...ignoredChanges(props),
        ...dependencies(props),
      }),
      id,
    );
  }
}

/** What a cluster says of nodes that it has itself. */
function standardNodes(props: GkeClusterProps, labels: Readonly<Record<string, string>>) {
  return {
    // Dataplane V2 enforces network policies itself; the block says that the older Calico is off.
    networkPolicy: { enabled: false },
    addonsConfig: {
      networkPolicyConfig: { disabled: true },
      httpLoadBalancing: { disabled: false },
      horizontalPodAutoscaling: { disabled: false },
      gcePersistentDiskCsiDriverConfig: { enabled: true },
      ...(props.filestoreCsiDriver === true ? { gcpFilestoreCsiDriverConfig: { enabled: true } } : {}),
      ...backupAgent(props),
    },
    enableIntranodeVisibility: true,
    enableShieldedNodes: true,
    // GKE cannot make a cluster without nodes: it makes one small pool, which goes at once. It is hardened like the
    // others, since policies of an organization judge it too.
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    nodeConfig: hardenedNodeConfig({
      serviceAccount: props.nodeServiceAccount,
      machineType: 'e2-medium',
      diskSizeGb: 20,
      diskType: 'pd-standard',
      bootDiskKmsKey: props.bootDiskKmsKey,
      resourceLabels: labels,
    }),
  };
}

/**
 * What an Autopilot cluster may say of its nodes. The provider refuses the rest, which Autopilot has anyway: shielded
 * nodes, the metadata server, intranode visibility, network policies.
 */
function autopilotNodes(props: GkeClusterProps) {
  return {
    enableAutopilot: true,
    addonsConfig: {
      httpLoadBalancing: { disabled: false },
      horizontalPodAutoscaling: { disabled: false },
      ...backupAgent(props),
    },
    clusterAutoscaling: {
      autoProvisioningDefaults: {
        serviceAccount: props.nodeServiceAccount,
        oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
        ...(props.bootDiskKmsKey === undefined ? {} : { bootDiskKmsKey: props.bootDiskKmsKey }),
      },
    },
    nodePoolAutoConfig: { nodeKubeletConfig: { insecureKubeletReadonlyPortEnabled: 'FALSE' } },
  };
}

/** What Google reports otherwise than it was asked for, without meaning anything by it. */
function ignoredChanges({ autopilot, authorizedNetworks = [] }: GkeClusterProps) {
  const ignoreChanges = [
    // Once the first pool is gone, the cluster reports the first of the other pools here, which would ask for a
    // replacement of the whole cluster at every plan.
    ...(autopilot === true ? [] : ['node_config']),
    // Without an IP endpoint the provider does not send what concerns it, but reads it, and would set it at every plan.
    ...(authorizedNetworks.length > 0
      ? []
      : ['master_authorized_networks_config', 'private_cluster_config[0].enable_private_endpoint']),
  ];
  return ignoreChanges.length === 0 ? {} : { lifecycle: { ignoreChanges } };
}

function backupAgent({ backupAgent: enabled }: GkeClusterProps) {
  return enabled === true ? { gkeBackupAgentConfig: { enabled: true } } : {};
}

function exclusionOf({ name, start, end, scope }: MaintenanceExclusion) {
  return { exclusionName: name, startTime: start, endTime: end, exclusionOptions: { scope } };
}

/**
 * With no range authorized, the control plane has no IP endpoint at all. It has a public one only where a public range
 * is authorized.
 */
function controlPlaneAccess(authorized: readonly AuthorizedNetwork[]) {
  return {
    privateClusterConfig: {
      enablePrivateNodes: true,
      enablePrivateEndpoint: authorized.every(({ cidr }) => isPrivate(cidr)),
    },
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { allowExternalTraffic: true },
      ipEndpointsConfig: { enabled: authorized.length > 0 },
    },
    masterAuthorizedNetworksConfig: {
      gcpPublicCidrsAccessEnabled: false,
      ...(authorized.length === 0
        ? {}
        : { cidrBlocks: authorized.map(({ cidr, displayName }) => ({ cidrBlock: cidr, displayName })) }),
    },
  };
}

/** Whether a range is one of RFC 1918 or RFC 6598. */
function isPrivate(cidr: string): boolean {
  return /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(cidr);
}
