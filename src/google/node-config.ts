/** What the nodes of a pool are, beside how many there are. */
export interface NodeSettings {
  /** E-mail of the nodes' own service account: the default one of the project may do far more than nodes need. */
  readonly serviceAccount: string;
  /** Compute Engine machine type. */
  readonly machineType: string;
  /** Boot disk, in GB. */
  readonly diskSizeGb: number;
  /** Type of the boot disk. */
  readonly diskType: string;
  /** Image of the nodes. @default 'COS_CONTAINERD' */
  readonly imageType?: string | undefined;
  /** Cloud KMS key of the boot disk. @default - Google's own key */
  readonly bootDiskKmsKey?: string | undefined;
  /** Labels of the machines. @default - no labels */
  readonly resourceLabels?: Readonly<Record<string, string>> | undefined;
}

/**
 * The hardened part of a `node_config`: verified boot, no legacy metadata, no metadata of the node for pods, no
 * anonymous kubelet port.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster
 */
export function hardenedNodeConfig(settings: NodeSettings) {
  return {
    serviceAccount: settings.serviceAccount,
    machineType: settings.machineType,
    diskSizeGb: settings.diskSizeGb,
    diskType: settings.diskType,
    imageType: settings.imageType ?? 'COS_CONTAINERD',
    // The roles of the service account say what nodes may do; scopes are the older, coarser way.
    oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
    metadata: { 'disable-legacy-endpoints': 'true' },
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    workloadMetadataConfig: { mode: 'GKE_METADATA' },
    // With the block present, the provider takes an unsaid quota for false, which switches CPU limits off, or reads
    // Google's true as a change at every plan.
    kubeletConfig: { insecureKubeletReadonlyPortEnabled: 'FALSE', cpuCfsQuota: true },
    resourceLabels: { ...settings.resourceLabels },
    ...(settings.bootDiskKmsKey === undefined ? {} : { bootDiskKmsKey: settings.bootDiskKmsKey }),
  };
}
