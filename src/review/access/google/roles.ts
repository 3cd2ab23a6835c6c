/**
 * Which of Google's roles hold all that another one holds. Only what Google says of both is in here: a role that is not
 * is told as something of its own.
 *
 * @see https://cloud.google.com/iam/docs/understanding-roles (predefined roles, read 2026-11-21)
 */
const inside: Readonly<Record<string, readonly string[]>> = {
  'roles/owner': ['roles/editor'],
  'roles/editor': ['roles/viewer'],
  'roles/viewer': ['roles/browser'],
  'roles/artifactregistry.admin': ['roles/artifactregistry.repoAdmin'],
  'roles/artifactregistry.repoAdmin': ['roles/artifactregistry.writer'],
  'roles/artifactregistry.writer': ['roles/artifactregistry.reader'],
  'roles/bigquery.admin': [
    'roles/bigquery.dataOwner',
    'roles/bigquery.user',
    'roles/bigquery.resourceViewer',
  ],
  'roles/bigquery.dataOwner': ['roles/bigquery.dataEditor'],
  'roles/bigquery.dataEditor': ['roles/bigquery.dataViewer'],
  'roles/bigquery.dataViewer': ['roles/bigquery.metadataViewer'],
  'roles/bigquery.user': ['roles/bigquery.jobUser'],
  'roles/cloudkms.cryptoKeyEncrypterDecrypter': [
    'roles/cloudkms.cryptoKeyEncrypter',
    'roles/cloudkms.cryptoKeyDecrypter',
  ],
  'roles/cloudsql.admin': ['roles/cloudsql.editor', 'roles/cloudsql.instanceUser'],
  'roles/cloudsql.editor': ['roles/cloudsql.viewer', 'roles/cloudsql.client'],
  'roles/compute.admin': [
    'roles/compute.instanceAdmin.v1',
    'roles/compute.networkAdmin',
    'roles/compute.securityAdmin',
    'roles/compute.viewer',
    'roles/compute.networkUser',
    'roles/compute.osAdminLogin',
  ],
  'roles/compute.networkAdmin': ['roles/compute.networkViewer'],
  'roles/compute.osAdminLogin': ['roles/compute.osLogin'],
  'roles/container.admin': ['roles/container.developer', 'roles/container.clusterAdmin'],
  'roles/container.clusterAdmin': ['roles/container.clusterViewer'],
  'roles/container.developer': ['roles/container.viewer'],
  'roles/container.viewer': ['roles/container.clusterViewer'],
  'roles/dns.admin': ['roles/dns.reader'],
  'roles/iam.serviceAccountTokenCreator': [
    'roles/iam.serviceAccountOpenIdTokenCreator',
    'roles/iam.workloadIdentityUser',
  ],
  'roles/logging.admin': [
    'roles/logging.configWriter',
    'roles/logging.privateLogViewer',
    'roles/logging.logWriter',
  ],
  'roles/logging.privateLogViewer': ['roles/logging.viewer'],
  'roles/monitoring.admin': ['roles/monitoring.editor'],
  'roles/monitoring.editor': ['roles/monitoring.viewer', 'roles/monitoring.metricWriter'],
  'roles/pubsub.admin': ['roles/pubsub.editor'],
  'roles/pubsub.editor': ['roles/pubsub.viewer', 'roles/pubsub.publisher', 'roles/pubsub.subscriber'],
  'roles/run.admin': ['roles/run.developer', 'roles/run.invoker'],
  'roles/run.developer': ['roles/run.viewer'],
  'roles/secretmanager.admin': [
    'roles/secretmanager.secretAccessor',
    'roles/secretmanager.secretVersionManager',
    'roles/secretmanager.viewer',
  ],
  'roles/secretmanager.secretVersionManager': ['roles/secretmanager.secretVersionAdder'],
  'roles/storage.admin': ['roles/storage.objectAdmin', 'roles/storage.legacyBucketOwner'],
  'roles/storage.objectAdmin': ['roles/storage.objectUser', 'roles/storage.legacyObjectOwner'],
  'roles/storage.objectUser': ['roles/storage.objectViewer', 'roles/storage.objectCreator'],
  'roles/storage.objectViewer': ['roles/storage.legacyObjectReader'],
  'roles/storage.legacyBucketOwner': ['roles/storage.legacyBucketWriter'],
  'roles/storage.legacyBucketWriter': ['roles/storage.legacyBucketReader'],
  'roles/storage.legacyObjectOwner': ['roles/storage.legacyObjectReader'],
};

/** Roles that nearly every service has, each with what the ones before it have. */
const ladder = ['viewer', 'editor', 'admin'];

const known = new Map<string, ReadonlySet<string>>();

/** A role with every role that it holds. */
export function rolesWithin(role: string): ReadonlySet<string> {
  const found = known.get(role);
  if (found !== undefined) return found;
  const all = new Set([role]);
  for (const one of all) {
    for (const other of inside[one] ?? []) all.add(other);
    const [, service, name = ''] = /^(roles\/[\w-]+)\.(\w+)$/.exec(one) ?? [];
    const step = ladder.indexOf(name);
    if (service !== undefined && step > 0) all.add(`${service}.${ladder[step - 1] ?? ''}`);
  }
  known.set(role, all);
  return all;
}
