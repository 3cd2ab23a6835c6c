import { grantsOf } from '../iam';
import { perContext } from '../indexed';
import { textOf, treesOf, valueAt } from '../tree';
import { notApplicable, type Resource, type Rule, type TerraformResource, verdictOf } from '../types';

interface Encrypted {
  /** Path of the key. */
  readonly path: string;
  /** The agent of Google that encrypts with it, by its e-mail. */
  readonly agent: RegExp;
}

/** What can be encrypted with a key of one's own, and who does it. */
const encrypted: Readonly<Record<string, Encrypted>> = {
  google_artifact_registry_repository: { path: 'kms_key_name', agent: /@gcp-sa-artifactregistry\./ },
  google_bigquery_dataset: {
    path: 'default_encryption_configuration.kms_key_name',
    agent: /@bigquery-encryption\./,
  },
  google_container_cluster: { path: 'database_encryption.key_name', agent: /@container-engine-robot\./ },
  google_container_node_pool: { path: 'node_config.boot_disk_kms_key', agent: /@compute-system\./ },
  google_gke_backup_backup_plan: { path: 'backup_config.encryption_key', agent: /@gcp-sa-gkebackup\./ },
  google_pubsub_topic: { path: 'kms_key_name', agent: /@gcp-sa-pubsub\./ },
  google_sql_database_instance: { path: 'encryption_key_name', agent: /@gcp-sa-cloud-sql\./ },
  google_storage_bucket: { path: 'encryption.default_kms_key_name', agent: /@gs-project-accounts\./ },
};

/** Those who may encrypt with a key of the output. */
const encrypting = perContext((context) =>
  ['member', 'binding', 'policy']
    .flatMap((form) => context.terraform(`google_kms_crypto_key_iam_${form}`))
    .flatMap((resource) => grantsOf(resource, context))
    .flatMap(({ members }) => members),
);

function keysOf({ type, body }: TerraformResource, { path }: Encrypted): unknown {
  if (type !== 'google_gke_backup_backup_plan') return valueAt(body, path);
  return treesOf(valueAt(body, path)).map((key) => key.gcp_kms_encryption_key)[0];
}

const entryOf = (resource: Resource) =>
  resource.kind === 'terraform' ? encrypted[resource.type] : undefined;

export const kmsUsed: Rule = {
  id: 'TL-KMS-004',
  title: 'Data is not encrypted with the key that is there for it',
  severity: 'error',
  why: 'Whoever asked for keys of his own then believes what is not so, and cannot take this data away by its key',
  fix: 'name the key of the product in this place',
  see: 'https://cloud.google.com/kms/docs/cmek',
  types: Object.keys(encrypted),
  checks: (resource, context) => {
    const entry = entryOf(resource);
    if (entry === undefined || resource.kind !== 'terraform') return notApplicable;
    if (!encrypting(context).some((member) => entry.agent.test(member))) return notApplicable;
    // There are no keys yet where the bucket of the state is made.
    if (context.isFirst(resource.unit)) return notApplicable;
    const key = keysOf(resource, entry);
    return verdictOf(
      textOf(key) === '' ? [{ path: entry.path, found: 'nothing', wanted: 'a key of the platform' }] : [],
    );
  },
};
