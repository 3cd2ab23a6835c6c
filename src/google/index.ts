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
export { address, addressPart, rolePart, setAddress } from './address';
export { ArtifactRegistry, type ArtifactRegistryProps } from './artifact-registry';
export { CloudSqlAdminUser, type CloudSqlAdminUserProps } from './cloud-sql-admin-user';
export { CloudSqlDatabase, type CloudSqlDatabaseProps } from './cloud-sql-database';
export { postgresFlags } from './cloud-sql-flags';
export { CloudSqlIamUser, type CloudSqlIamUserProps } from './cloud-sql-iam-user';
export { type CloudSqlBackups, CloudSqlInstance, type CloudSqlInstanceProps } from './cloud-sql-instance';
export type { EntityProps, LabelledEntityProps, ProjectEntityProps } from './entity';
export { EphemeralPassword, type EphemeralPasswordProps } from './ephemeral-password';
export { GeneratedSecretVersion, type GeneratedSecretVersionProps } from './generated-secret-version';
export { type AuthorizedNetwork, GkeCluster, type GkeClusterProps } from './gke-cluster';
export { GkeNodePool, type GkeNodePoolProps, type NodeTaint } from './gke-node-pool';
export type { MaintenanceWindow } from './maintenance-window';
export { ProjectServices, type ProjectServicesProps } from './project-services';
export { SecretManagerSecret, type SecretManagerSecretProps } from './secret-manager-secret';
export { ServiceAccount, type ServiceAccountProps } from './service-account';
export { StorageBucket, type StorageBucketProps } from './storage-bucket';
export { StorageBucketMember, type StorageBucketMemberProps } from './storage-bucket-member';
export { type NamedRange, VpcNetwork, type VpcNetworkProps } from './vpc-network';
export { WorkloadIdentityBinding, type WorkloadIdentityBindingProps } from './workload-identity-binding';
