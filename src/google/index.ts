/**
 * Google Cloud entities as cdktf constructs: typed props, hardened defaults, readable addresses.
 *
 * The id of a construct is its address in Terraform, see {@link address}.
 *
 * @example
 * const stack = new TerraformStack(app, 'data');
 * new GoogleProvider(stack, 'google', { project: 'analysis-1', region: 'us-west1' });
 * new CloudSqlInstance(stack, 'warehouse', {
 *   project: 'analysis-1',
 *   region: 'us-west1',
 *   name: 'warehouse',
 *   databaseVersion: 'POSTGRES_18',
 *   tier: 'db-custom-2-7680',
 *   privateNetwork: 'projects/analysis-1/global/networks/main',
 *   backups: { start: '02:00', retained: 14, transactionLogDays: 7 },
 * }); // google_sql_database_instance.warehouse
 */
export { AlertPolicy, type AlertCondition, type AlertPolicyProps, type AlertSeverity } from './alert-policy';
export { AuditConfig, type AuditConfigProps } from './audit-config';
export { BillingBudget, type BillingBudgetProps } from './billing-budget';
export { CloudArmorPolicy, type CloudArmorPolicyProps, type CloudArmorRateLimit } from './cloud-armor-policy';
export { CustomRole, type CustomRoleProps } from './custom-role';
export { DnsRecord, type DnsRecordProps } from './dns-record';
export { DnsZone, type DnsZoneProps } from './dns-zone';
export { IapWebMember, type IapWebMemberProps } from './iap-web-member';
export { LogExclusion, type LogExclusionProps } from './log-exclusion';
export { LogMetric, type LogMetricProps } from './log-metric';
export { LogSink, type LogSinkDestination, type LogSinkProps } from './log-sink';
export { ManagedCertificate, type ManagedCertificateProps } from './managed-certificate';
export { NotificationChannel, type NotificationChannelProps } from './notification-channel';
export { PlatformDashboard, type PlatformDashboardProps } from './platform-dashboard';
export { ProjectMember, type ProjectMemberProps } from './project-member';
export { ServiceAccountMember, type ServiceAccountMemberProps } from './service-account-member';
export { UptimeCheck, type UptimeCheckProps } from './uptime-check';
export {
  type OidcProvider,
  WorkloadIdentityPool,
  type WorkloadIdentityPoolProps,
} from './workload-identity-pool';
export { address, addressPart, rolePart, setAddress } from './address';
export { ArtifactRegistry, type ArtifactRegistryProps, type MirroredRegistry } from './artifact-registry';
export { CloudSqlAdminUser, type CloudSqlAdminUserProps } from './cloud-sql-admin-user';
export { CloudSqlDatabase, type CloudSqlDatabaseProps } from './cloud-sql-database';
export { CloudSqlEndpoint, type CloudSqlEndpointProps } from './cloud-sql-endpoint';
export { postgresFlags } from './cloud-sql-flags';
export { CloudSqlIamMember, type CloudSqlIamMemberProps } from './cloud-sql-iam-member';
export { CloudSqlIamUser, type CloudSqlIamUserProps } from './cloud-sql-iam-user';
export {
  type CloudSqlBackups,
  type CloudSqlClone,
  type CloudSqlInsights,
  CloudSqlInstance,
  type CloudSqlInstanceProps,
  type CloudSqlMaintenance,
} from './cloud-sql-instance';
export { CloudSqlLoginRoles, type CloudSqlLoginRolesProps } from './cloud-sql-login-roles';
export type { EntityProps, LabelledEntityProps, ProjectEntityProps } from './entity';
export { EphemeralPassword, type EphemeralPasswordProps } from './ephemeral-password';
export { type FirewallProtocol, FirewallRule, type FirewallRuleProps } from './firewall-rule';
export { GeneratedSecretVersion, type GeneratedSecretVersionProps } from './generated-secret-version';
export { GkeBackupPlan, type GkeBackupPlanProps } from './gke-backup-plan';
export { type AuthorizedNetwork, GkeCluster, type GkeClusterProps } from './gke-cluster';
export { GkeNodePool, type GkeNodePoolProps, type NodePoolUpgrade, type NodeTaint } from './gke-node-pool';
export type { Grant } from './grant';
export { KmsCryptoKey, type KmsCryptoKeyProps } from './kms-crypto-key';
export { KmsKeyRing, type KmsKeyRingProps } from './kms-key-ring';
export type { MaintenanceExclusion, MaintenanceWindow } from './maintenance-window';
export { NetworkPeering, type NetworkPeeringProps } from './network-peering';
export { ProjectServices, type ProjectServicesProps } from './project-services';
export { type DeadLetter, PubsubSubscription, type PubsubSubscriptionProps } from './pubsub-subscription';
export { PubsubTopic, type PubsubTopicProps } from './pubsub-topic';
export { SecretManagerSecret, type SecretManagerSecretProps } from './secret-manager-secret';
export { ServiceAccount, type ServiceAccountProps } from './service-account';
export { SslPolicy, type SslPolicyProps } from './ssl-policy';
export { StaticAddress, type StaticAddressProps } from './static-address';
export { StorageBucket, type StorageBucketProps, type StorageLifecycleRule } from './storage-bucket';
export { StorageBucketMember, type StorageBucketMemberProps } from './storage-bucket-member';
export { StorageNotification, type StorageNotificationProps } from './storage-notification';
export { type NamedRange, VpcNetwork, type VpcNetworkProps } from './vpc-network';
export { WorkloadIdentityBinding, type WorkloadIdentityBindingProps } from './workload-identity-binding';
