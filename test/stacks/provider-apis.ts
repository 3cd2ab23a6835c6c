/** APIs by the beginning of the types that belong to them; the longest beginning counts. */
const byPrefix: Readonly<Record<string, string>> = {
  google_artifact_registry: 'artifactregistry',
  google_bigquery: 'bigquery',
  google_billing_budget: 'billingbudgets',
  google_certificate_manager: 'certificatemanager',
  google_compute: 'compute',
  google_container: 'container',
  google_dns: 'dns',
  google_gke_backup: 'gkebackup',
  google_iam: 'iam',
  google_iap: 'iap',
  google_kms: 'cloudkms',
  google_logging: 'logging',
  google_monitoring: 'monitoring',
  google_project_iam: 'cloudresourcemanager',
  google_project_iam_custom_role: 'iam',
  google_pubsub: 'pubsub',
  google_secret_manager: 'secretmanager',
  google_service_account: 'iam',
  google_service_networking: 'servicenetworking',
  google_sql: 'sqladmin',
  google_storage: 'storage',
};

/** The API that a type of resource belongs to, as the address of its `google_project_service` names it. */
export function apiOf(type: string): string | undefined {
  const [longest] = Object.keys(byPrefix)
    .filter((prefix) => type === prefix || type.startsWith(`${prefix}_`))
    .sort((a, b) => b.length - a.length);
  return longest === undefined ? undefined : byPrefix[longest];
}
