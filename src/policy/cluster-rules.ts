import type { Rule } from './types';
import { gkeAddons } from './rules/gke-addons';
import { gkeAuthenticatorGroups } from './rules/gke-authenticator-groups';
import { gkeAutopilot } from './rules/gke-autopilot';
import { gkeAutopilotNodes } from './rules/gke-autopilot-nodes';
import { gkeBackupAgent } from './rules/gke-backup-agent';
import { gkeBinaryAuthorization } from './rules/gke-binary-authorization';
import { gkeControlPlane } from './rules/gke-control-plane';
import { gkeCostAllocation } from './rules/gke-cost-allocation';
import { gkeDatabaseEncryption } from './rules/gke-database-encryption';
import { gkeDataplane } from './rules/gke-dataplane';
import { gkeDefaultPool } from './rules/gke-default-pool';
import { gkeDeletionProtection } from './rules/gke-deletion-protection';
import { gkeGateway } from './rules/gke-gateway';
import { gkeIntranodeVisibility } from './rules/gke-intranode-visibility';
import { gkeLabels } from './rules/gke-labels';
import { gkeLegacyAccess } from './rules/gke-legacy-access';
import { gkeLogging } from './rules/gke-logging';
import { gkeMaintenanceExclusions } from './rules/gke-maintenance-exclusions';
import { gkeMaintenanceWindow } from './rules/gke-maintenance-window';
import { gkeMonitoring } from './rules/gke-monitoring';
import { gkeNetworkingMode } from './rules/gke-networking-mode';
import { gkeNodeLocation } from './rules/gke-node-location';
import { gkeNotifications } from './rules/gke-notifications';
import { gkePrivateNodes } from './rules/gke-private-nodes';
import { gkeReleaseChannel } from './rules/gke-release-channel';
import { gkeSecretManager } from './rules/gke-secret-manager';
import { gkeSecurityPosture } from './rules/gke-security-posture';
import { gkeShieldedNodes } from './rules/gke-shielded-nodes';
import { gkeVpcNative } from './rules/gke-vpc-native';
import { gkeWorkloadIdentity } from './rules/gke-workload-identity';
import { nodeAutoscaling } from './rules/node-autoscaling';
import { nodeAutoscalingSpot } from './rules/node-autoscaling-spot';
import { nodeCpuLimits } from './rules/node-cpu-limits';
import { nodeImage } from './rules/node-image';
import { nodeKubelet } from './rules/node-kubelet';
import { nodeLegacyEndpoints } from './rules/node-legacy-endpoints';
import { nodeManagement } from './rules/node-management';
import { nodeMetadataServer } from './rules/node-metadata-server';
import { nodeScopes } from './rules/node-scopes';
import { nodeServiceAccount } from './rules/node-service-account';
import { nodeSurge } from './rules/node-surge';
import { nodeUpgrades } from './rules/node-upgrades';
import { nodeVerifiedBoot } from './rules/node-verified-boot';
import { nodeWorkloadIdentity } from './rules/node-workload-identity';
import { sqlActivation } from './rules/sql-activation';
import { sqlAudit } from './rules/sql-audit';
import { sqlBackupSchedule } from './rules/sql-backup-schedule';
import { sqlBackups } from './rules/sql-backups';
import { sqlConnectors } from './rules/sql-connectors';
import { sqlDeletionProtection } from './rules/sql-deletion-protection';
import { sqlDiskGrowth } from './rules/sql-disk-growth';
import { sqlDiskType } from './rules/sql-disk-type';
import { sqlEdition } from './rules/sql-edition';
import { sqlEncoding } from './rules/sql-encoding';
import { sqlEncryptedConnections } from './rules/sql-encrypted-connections';
import { sqlIamLogin } from './rules/sql-iam-login';
import { sqlInsights } from './rules/sql-insights';
import { sqlLabels } from './rules/sql-labels';
import { sqlLogFlags } from './rules/sql-log-flags';
import { sqlMaintenance } from './rules/sql-maintenance';
import { sqlNetwork } from './rules/sql-network';
import { sqlPasswordPolicy } from './rules/sql-password-policy';
import { sqlPrivateAddress } from './rules/sql-private-address';
import { sqlRetainedBackups } from './rules/sql-retained-backups';
import { sqlStandby } from './rules/sql-standby';
import { sqlStatementLog } from './rules/sql-statement-log';
import { sqlUserType } from './rules/sql-user-type';
import { sqlUserVersion } from './rules/sql-user-version';
import { sqlUsers } from './rules/sql-users';
import { sqlVersion } from './rules/sql-version';

/** Rules on clusters, nodes and databases, by their ids. */
export const clusterRules: readonly Rule[] = [
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
];
