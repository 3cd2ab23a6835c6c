import { ContainerCluster } from '@cdktf/provider-google/lib/container-cluster';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';
import { type MaintenanceWindow, recurringWindow } from './maintenance-window';
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
  /** Region of the control plane. Changing this recreates the cluster. */
  readonly location: string;
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
  /** E-mail of the service account of the first, temporary nodes. */
  readonly nodeServiceAccount: string;
  /**
   * Whether GKE mounts secrets of Secret Manager into pods.
   * @default false
   * @see https://cloud.google.com/secret-manager/docs/secret-manager-managed-csi-component
   */
  readonly secretManagerAddon?: boolean;
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
   * Pub/Sub topic, `projects/P/topics/T`, that is told of upgrades and security bulletins.
   * @default - nobody is told
   */
  readonly notificationTopic?: string;
}

/**
 * A private, VPC-native GKE cluster without nodes; {@link GkeNodePool} adds them.
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
        // Dataplane V2 enforces network policies itself; the block says that the older Calico is off.
        networkPolicy: { enabled: false },
        addonsConfig: {
          networkPolicyConfig: { disabled: true },
          httpLoadBalancing: { disabled: false },
          horizontalPodAutoscaling: { disabled: false },
          gcePersistentDiskCsiDriverConfig: { enabled: true },
        },
        enableIntranodeVisibility: true,
        enableShieldedNodes: true,
        enableLegacyAbac: false,
        masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
        workloadIdentityConfig: { workloadPool: this.workloadPool },
        binaryAuthorization: { evaluationMode: 'PROJECT_SINGLETON_POLICY_ENFORCE' },
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
        maintenancePolicy: { recurringWindow: recurringWindow(props.maintenance) },
        loggingConfig: { enableComponents: ['SYSTEM_COMPONENTS', 'WORKLOADS'] },
        monitoringConfig: {
          enableComponents: ['SYSTEM_COMPONENTS'],
          managedPrometheus: { enabled: true },
        },
        costManagementConfig: { enabled: true },
        resourceLabels: labels,
        deletionProtection: props.deletionProtection ?? true,
        // GKE cannot make a cluster without nodes: it makes one small pool, which goes at once. It is hardened like
        // the others, since policies of an organization judge it too.
        removeDefaultNodePool: true,
        initialNodeCount: 1,
        nodeConfig: hardenedNodeConfig({
          serviceAccount: props.nodeServiceAccount,
          machineType: 'e2-medium',
          diskSizeGb: 20,
          diskType: 'pd-standard',
          resourceLabels: labels,
        }),
        // Once that pool is gone, the cluster reports the first of the other pools here, which would ask for a
        // replacement of the whole cluster at every plan.
        lifecycle: { ignoreChanges: ['node_config'] },
        timeouts: { create: '60m', update: '60m', delete: '60m' },
        ...dependencies(props),
      }),
      id,
    );
  }
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
