import type { Rule } from '../types';
import { apiStays } from './api-stays';
import { armorDefault } from './armor-default';
import { bucketForceDestroy } from './bucket-force-destroy';
import { bucketLabels } from './bucket-labels';
import { bucketLifecycle } from './bucket-lifecycle';
import { bucketPublicAccess } from './bucket-public-access';
import { bucketRetention } from './bucket-retention';
import { bucketSoftDelete } from './bucket-soft-delete';
import { bucketStorageClass } from './bucket-storage-class';
import { bucketUniformAccess } from './bucket-uniform-access';
import { bucketVersioning } from './bucket-versioning';
import { dnsSigned } from './dns-signed';
import { firewallDefault } from './firewall-default';
import { firewallLeast } from './firewall-least';
import { firewallLogs } from './firewall-logs';
import { firewallWorld } from './firewall-world';
import { firewallWrittenOut } from './firewall-written-out';
import { gkeAddons } from './gke-addons';
import { gkeAuthenticatorGroups } from './gke-authenticator-groups';
import { gkeAutopilot } from './gke-autopilot';
import { gkeAutopilotNodes } from './gke-autopilot-nodes';
import { gkeBackupAgent } from './gke-backup-agent';
import { gkeBinaryAuthorization } from './gke-binary-authorization';
import { gkeControlPlane } from './gke-control-plane';
import { gkeCostAllocation } from './gke-cost-allocation';
import { gkeDatabaseEncryption } from './gke-database-encryption';
import { gkeDataplane } from './gke-dataplane';
import { gkeDefaultPool } from './gke-default-pool';
import { gkeDeletionProtection } from './gke-deletion-protection';
import { gkeGateway } from './gke-gateway';
import { gkeIntranodeVisibility } from './gke-intranode-visibility';
import { gkeLabels } from './gke-labels';
import { gkeLegacyAccess } from './gke-legacy-access';
import { gkeLogging } from './gke-logging';
import { gkeMaintenanceExclusions } from './gke-maintenance-exclusions';
import { gkeMaintenanceWindow } from './gke-maintenance-window';
import { gkeMonitoring } from './gke-monitoring';
import { gkeNetworkingMode } from './gke-networking-mode';
import { gkeNodeLocation } from './gke-node-location';
import { gkeNotifications } from './gke-notifications';
import { gkePrivateNodes } from './gke-private-nodes';
import { gkeReleaseChannel } from './gke-release-channel';
import { gkeSecretManager } from './gke-secret-manager';
import { gkeSecurityPosture } from './gke-security-posture';
import { gkeShieldedNodes } from './gke-shielded-nodes';
import { gkeVpcNative } from './gke-vpc-native';
import { gkeWorkloadIdentity } from './gke-workload-identity';
import { iamAuthoritative } from './iam-authoritative';
import { iamBasicRoles } from './iam-basic-roles';
import { iamCustomRoles } from './iam-custom-roles';
import { iamFederation } from './iam-federation';
import { iamKeys } from './iam-keys';
import { iamMembers } from './iam-members';
import { iamPublicMembers } from './iam-public-members';
import { iamRoleForm } from './iam-role-form';
import { iamWideRoles } from './iam-wide-roles';
import { iamWorkloadIdentity } from './iam-workload-identity';
import { ingressEncrypted } from './ingress-encrypted';
import { jobDeadline } from './job-deadline';
import { jobOverlap } from './job-overlap';
import { jobRestart } from './job-restart';
import { kmsDestruction } from './kms-destruction';
import { kmsRotation } from './kms-rotation';
import { kmsStrength } from './kms-strength';
import { namespaceDefaultDeny } from './namespace-default-deny';
import { namespaceLevel } from './namespace-level';
import { namespaceNamed } from './namespace-named';
import { natAddresses } from './nat-addresses';
import { natLogs } from './nat-logs';
import { natPorts } from './nat-ports';
import { natScope } from './nat-scope';
import { networkOwnSubnets } from './network-own-subnets';
import { networkRouting } from './network-routing';
import { nodeAutoscaling } from './node-autoscaling';
import { nodeAutoscalingSpot } from './node-autoscaling-spot';
import { nodeCpuLimits } from './node-cpu-limits';
import { nodeImage } from './node-image';
import { nodeKubelet } from './node-kubelet';
import { nodeLegacyEndpoints } from './node-legacy-endpoints';
import { nodeManagement } from './node-management';
import { nodeMetadataServer } from './node-metadata-server';
import { nodeScopes } from './node-scopes';
import { nodeServiceAccount } from './node-service-account';
import { nodeSurge } from './node-surge';
import { nodeUpgrades } from './node-upgrades';
import { nodeVerifiedBoot } from './node-verified-boot';
import { nodeWorkloadIdentity } from './node-workload-identity';
import { passwordStrength } from './password-strength';
import { podCapabilities } from './pod-capabilities';
import { podGroups } from './pod-groups';
import { podHost } from './pod-host';
import { podImageDigest } from './pod-image-digest';
import { podImagePull } from './pod-image-pull';
import { podImageTag } from './pod-image-tag';
import { podMounts } from './pod-mounts';
import { podPrivileges } from './pod-privileges';
import { podProbes } from './pod-probes';
import { podReadOnly } from './pod-read-only';
import { podResources } from './pod-resources';
import { podRoot } from './pod-root';
import { podScratch } from './pod-scratch';
import { podSecretLiterals } from './pod-secret-literals';
import { podSecretVariables } from './pod-secret-variables';
import { podServiceAccount } from './pod-service-account';
import { podServiceLinks } from './pod-service-links';
import { podSidecars } from './pod-sidecars';
import { podSystemCalls } from './pod-system-calls';
import { podToken } from './pod-token';
import { podUserId } from './pod-user-id';
import { podVolumes } from './pod-volumes';
import { podWrittenDown } from './pod-written-down';
import { policyChosenPods } from './policy-chosen-pods';
import { policyDirections } from './policy-directions';
import { policyEgress } from './policy-egress';
import { policyIngress } from './policy-ingress';
import { policyMetadata } from './policy-metadata';
import { policyPorts } from './policy-ports';
import { privateServices } from './private-services';
import { rbacBindings } from './rbac-bindings';
import { rbacWildcards } from './rbac-wildcards';
import { registryCleanup } from './registry-cleanup';
import { registryCleanupPolicies } from './registry-cleanup-policies';
import { registryLabels } from './registry-labels';
import { registryMode } from './registry-mode';
import { registryScanning } from './registry-scanning';
import { registryTags } from './registry-tags';
import { registryUpstream } from './registry-upstream';
import { secretDeletion } from './secret-deletion';
import { secretDestruction } from './secret-destruction';
import { secretLabels } from './secret-labels';
import { secretLiterals } from './secret-literals';
import { secretObjects } from './secret-objects';
import { secretReplication } from './secret-replication';
import { secretRotation } from './secret-rotation';
import { secretState } from './secret-state';
import { serviceAccountBinding } from './service-account-binding';
import { serviceAccountToken } from './service-account-token';
import { serviceExposed } from './service-exposed';
import { sqlActivation } from './sql-activation';
import { sqlAudit } from './sql-audit';
import { sqlBackupSchedule } from './sql-backup-schedule';
import { sqlBackups } from './sql-backups';
import { sqlConnectors } from './sql-connectors';
import { sqlDeletionProtection } from './sql-deletion-protection';
import { sqlDiskGrowth } from './sql-disk-growth';
import { sqlDiskType } from './sql-disk-type';
import { sqlEdition } from './sql-edition';
import { sqlEncoding } from './sql-encoding';
import { sqlEncryptedConnections } from './sql-encrypted-connections';
import { sqlIamLogin } from './sql-iam-login';
import { sqlInsights } from './sql-insights';
import { sqlLabels } from './sql-labels';
import { sqlLogFlags } from './sql-log-flags';
import { sqlMaintenance } from './sql-maintenance';
import { sqlNetwork } from './sql-network';
import { sqlPasswordPolicy } from './sql-password-policy';
import { sqlPrivateAddress } from './sql-private-address';
import { sqlRetainedBackups } from './sql-retained-backups';
import { sqlStandby } from './sql-standby';
import { sqlStatementLog } from './sql-statement-log';
import { sqlUserType } from './sql-user-type';
import { sqlUserVersion } from './sql-user-version';
import { sqlUsers } from './sql-users';
import { sqlVersion } from './sql-version';
import { subnetAddresses } from './subnet-addresses';
import { subnetFlowLogs } from './subnet-flow-logs';
import { subnetGoogleAccess } from './subnet-google-access';
import { tlsPolicy } from './tls-policy';

/** Every rule, by its id. */
export const rules: readonly Rule[] = [
  apiStays,
  armorDefault,
  dnsSigned,
  firewallWorld,
  firewallDefault,
  firewallLogs,
  firewallLeast,
  firewallWrittenOut,
  registryCleanup,
  registryScanning,
  registryTags,
  registryMode,
  registryCleanupPolicies,
  registryLabels,
  registryUpstream,
  bucketUniformAccess,
  bucketPublicAccess,
  bucketVersioning,
  bucketSoftDelete,
  bucketForceDestroy,
  bucketLifecycle,
  bucketStorageClass,
  bucketLabels,
  bucketRetention,
  gkePrivateNodes,
  gkeControlPlane,
  gkeDataplane,
  gkeVpcNative,
  gkeNetworkingMode,
  gkeIntranodeVisibility,
  gkeWorkloadIdentity,
  gkeLegacyAccess,
  gkeShieldedNodes,
  gkeBinaryAuthorization,
  gkeSecurityPosture,
  gkeReleaseChannel,
  gkeLogging,
  gkeMonitoring,
  gkeMaintenanceWindow,
  gkeDeletionProtection,
  gkeDefaultPool,
  gkeAddons,
  gkeCostAllocation,
  gkeDatabaseEncryption,
  gkeNotifications,
  gkeAuthenticatorGroups,
  gkeLabels,
  gkeNodeLocation,
  gkeGateway,
  gkeSecretManager,
  gkeAutopilot,
  gkeAutopilotNodes,
  gkeMaintenanceExclusions,
  gkeBackupAgent,
  iamBasicRoles,
  iamPublicMembers,
  iamMembers,
  iamWideRoles,
  iamRoleForm,
  iamAuthoritative,
  iamKeys,
  iamWorkloadIdentity,
  iamFederation,
  iamCustomRoles,
  secretObjects,
  ingressEncrypted,
  kmsRotation,
  kmsDestruction,
  kmsStrength,
  networkOwnSubnets,
  networkRouting,
  subnetFlowLogs,
  subnetGoogleAccess,
  subnetAddresses,
  natLogs,
  natPorts,
  natScope,
  privateServices,
  natAddresses,
  nodeServiceAccount,
  nodeImage,
  nodeMetadataServer,
  nodeVerifiedBoot,
  nodeLegacyEndpoints,
  nodeKubelet,
  nodeCpuLimits,
  nodeScopes,
  nodeManagement,
  nodeUpgrades,
  nodeSurge,
  nodeAutoscaling,
  nodeAutoscalingSpot,
  nodeWorkloadIdentity,
  policyIngress,
  policyEgress,
  policyMetadata,
  policyPorts,
  policyDirections,
  policyChosenPods,
  namespaceLevel,
  namespaceDefaultDeny,
  namespaceNamed,
  podPrivileges,
  podRoot,
  podUserId,
  podReadOnly,
  podCapabilities,
  podSystemCalls,
  podHost,
  podVolumes,
  podScratch,
  podToken,
  podResources,
  podProbes,
  podImageTag,
  podImageDigest,
  podImagePull,
  podServiceLinks,
  podServiceAccount,
  podSecretLiterals,
  podSecretVariables,
  podWrittenDown,
  podMounts,
  podGroups,
  podSidecars,
  rbacWildcards,
  rbacBindings,
  jobOverlap,
  jobDeadline,
  jobRestart,
  serviceAccountToken,
  serviceAccountBinding,
  secretLiterals,
  secretState,
  secretReplication,
  secretDestruction,
  secretLabels,
  passwordStrength,
  secretDeletion,
  secretRotation,
  sqlPrivateAddress,
  sqlNetwork,
  sqlEncryptedConnections,
  sqlConnectors,
  sqlBackups,
  sqlBackupSchedule,
  sqlDeletionProtection,
  sqlRetainedBackups,
  sqlIamLogin,
  sqlLogFlags,
  sqlStatementLog,
  sqlAudit,
  sqlPasswordPolicy,
  sqlInsights,
  sqlEdition,
  sqlDiskGrowth,
  sqlMaintenance,
  sqlStandby,
  sqlActivation,
  sqlVersion,
  sqlLabels,
  sqlDiskType,
  sqlUsers,
  sqlUserType,
  sqlEncoding,
  sqlUserVersion,
  serviceExposed,
  tlsPolicy,
];
