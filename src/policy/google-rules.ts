import type { Rule } from './types';
import { alertChannels } from './rules/alert-channels';
import { alertWrittenOut } from './rules/alert-written-out';
import { apiStays } from './rules/api-stays';
import { armorDefault } from './rules/armor-default';
import { auditLogs } from './rules/audit-logs';
import { bucketForceDestroy } from './rules/bucket-force-destroy';
import { bucketLabels } from './rules/bucket-labels';
import { bucketLifecycle } from './rules/bucket-lifecycle';
import { bucketPublicAccess } from './rules/bucket-public-access';
import { bucketRetention } from './rules/bucket-retention';
import { bucketSoftDelete } from './rules/bucket-soft-delete';
import { bucketStorageClass } from './rules/bucket-storage-class';
import { bucketUniformAccess } from './rules/bucket-uniform-access';
import { bucketVersioning } from './rules/bucket-versioning';
import { budgetScope } from './rules/budget-scope';
import { budgetThresholds } from './rules/budget-thresholds';
import { budgetTold } from './rules/budget-told';
import { certificateDomains } from './rules/certificate-domains';
import { certificateEntries } from './rules/certificate-entries';
import { certificateProof } from './rules/certificate-proof';
import { channelOn } from './rules/channel-on';
import { dnsDestruction } from './rules/dns-destruction';
import { dnsPrivateAddresses } from './rules/dns-private-addresses';
import { dnsRecordZone } from './rules/dns-record-zone';
import { dnsSigned } from './rules/dns-signed';
import { firewallDefault } from './rules/firewall-default';
import { firewallEgressRanges } from './rules/firewall-egress-ranges';
import { firewallExceptions } from './rules/firewall-exceptions';
import { firewallLeast } from './rules/firewall-least';
import { firewallLogs } from './rules/firewall-logs';
import { firewallReached } from './rules/firewall-reached';
import { firewallWorld } from './rules/firewall-world';
import { firewallWrittenOut } from './rules/firewall-written-out';
import { iamAuthoritative } from './rules/iam-authoritative';
import { iamBasicRoles } from './rules/iam-basic-roles';
import { iamCustomRoles } from './rules/iam-custom-roles';
import { iamFederatedMembers } from './rules/iam-federated-members';
import { iamFederation } from './rules/iam-federation';
import { iamKeys } from './rules/iam-keys';
import { iamMembers } from './rules/iam-members';
import { iamProvider } from './rules/iam-provider';
import { iamPublicMembers } from './rules/iam-public-members';
import { iamRoleForm } from './rules/iam-role-form';
import { iamWideRoles } from './rules/iam-wide-roles';
import { iamWorkloadIdentity } from './rules/iam-workload-identity';
import { iapMembers } from './rules/iap-members';
import { iapRole } from './rules/iap-role';
import { kmsDestruction } from './rules/kms-destruction';
import { kmsRotation } from './rules/kms-rotation';
import { kmsStrength } from './rules/kms-strength';
import { kmsUsed } from './rules/kms-used';
import { logExclusion } from './rules/log-exclusion';
import { natAddresses } from './rules/nat-addresses';
import { natLogs } from './rules/nat-logs';
import { natPorts } from './rules/nat-ports';
import { natScope } from './rules/nat-scope';
import { networkOwnSubnets } from './rules/network-own-subnets';
import { networkRouting } from './rules/network-routing';
import { passwordStrength } from './rules/password-strength';
import { privateServices } from './rules/private-services';
import { registryCleanup } from './rules/registry-cleanup';
import { registryCleanupPolicies } from './rules/registry-cleanup-policies';
import { registryLabels } from './rules/registry-labels';
import { registryMode } from './rules/registry-mode';
import { registryScanning } from './rules/registry-scanning';
import { registryTags } from './rules/registry-tags';
import { registryUpstream } from './rules/registry-upstream';
import { secretDeletion } from './rules/secret-deletion';
import { secretDestruction } from './rules/secret-destruction';
import { secretLabels } from './rules/secret-labels';
import { secretLiterals } from './rules/secret-literals';
import { secretReplication } from './rules/secret-replication';
import { secretRotation } from './rules/secret-rotation';
import { secretState } from './rules/secret-state';
import { sinkFilter } from './rules/sink-filter';
import { sinkGrant } from './rules/sink-grant';
import { sinkWriter } from './rules/sink-writer';
import { subnetAddresses } from './rules/subnet-addresses';
import { subnetFlowLogs } from './rules/subnet-flow-logs';
import { subnetGoogleAccess } from './rules/subnet-google-access';
import { subscriptionDeadLetterReaders } from './rules/subscription-dead-letter-readers';
import { subscriptionDeadLetter } from './rules/subscription-dead-letter';
import { subscriptionExpiration } from './rules/subscription-expiration';
import { subscriptionPush } from './rules/subscription-push';
import { subscriptionRetention } from './rules/subscription-retention';
import { subscriptionRetry } from './rules/subscription-retry';
import { tlsPolicy } from './rules/tls-policy';
import { topicLabels } from './rules/topic-labels';
import { topicRegions } from './rules/topic-regions';
import { uptimeAlert } from './rules/uptime-alert';
import { uptimeEncrypted } from './rules/uptime-encrypted';

/** Rules on the rest of Google Cloud, by their ids. */
export const googleRules: readonly Rule[] = [
  apiStays,
  armorDefault,
  budgetThresholds,
  budgetTold,
  budgetScope,
  certificateDomains,
  certificateEntries,
  certificateProof,
  dnsSigned,
  dnsRecordZone,
  dnsPrivateAddresses,
  dnsDestruction,
  firewallReached,
  firewallWorld,
  firewallDefault,
  firewallLogs,
  firewallEgressRanges,
  firewallExceptions,
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
  iamProvider,
  iamFederatedMembers,
  iapRole,
  iapMembers,
  kmsRotation,
  kmsDestruction,
  kmsStrength,
  kmsUsed,
  sinkWriter,
  sinkFilter,
  sinkGrant,
  logExclusion,
  auditLogs,
  alertChannels,
  alertWrittenOut,
  uptimeEncrypted,
  uptimeAlert,
  channelOn,
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
  topicLabels,
  topicRegions,
  subscriptionExpiration,
  subscriptionRetention,
  subscriptionRetry,
  subscriptionDeadLetter,
  subscriptionPush,
  subscriptionDeadLetterReaders,
  secretLiterals,
  secretState,
  secretReplication,
  secretDestruction,
  secretLabels,
  passwordStrength,
  secretDeletion,
  secretRotation,
  tlsPolicy,
];
