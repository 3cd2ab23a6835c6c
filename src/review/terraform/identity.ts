import { canonical } from '../equal';
import { idTemplateOf, partsOfId } from './computed';
import { isTree, type Tree } from '../types';
import type { Resource } from './evaluate';
import type { ResourceFacts } from './provider-facts';
import { factsOf } from './provider-facts';

/** Where a thing is, beside what it is called. */
const places = ['project', 'location', 'region', 'zone', 'name'];

/**
 * What a resource is at Google, whatever its address: the arguments that it cannot change and must have, and where it
 * is. Two resources of one type with the same identity are the same thing.
 */
export function identityOf(resource: Resource): string {
  const facts = factsOf(resource.type);
  const keys = facts === null ? Object.keys(resource.values) : identifying(resource.type, facts);
  const own = keys.flatMap((key) => {
    const value = resource.known()[key];
    return value === undefined ? [] : [[key, plain(value)] as const];
  });
  return `${resource.type} ${canonical(Object.fromEntries(own))}`;
}

/** Whether something names it: without, only the whole of its arguments tells two of them apart. */
export function isNamed(resource: Resource): boolean {
  const facts = factsOf(resource.type);
  return (
    facts !== null &&
    identifying(resource.type, facts).some(
      (key) => (!places.includes(key) || key === 'name') && resource.values[key] !== undefined,
    )
  );
}

function identifying(type: string, facts: ResourceFacts): string[] {
  const inId = new Set(partsOfId(idTemplateOf(type) ?? ''));
  return [...facts].flatMap(([path, attribute]) =>
    !path.includes('.') &&
    !attribute.block &&
    (inId.has(path) || (attribute.forcesReplacement && (attribute.required || places.includes(path))))
      ? [path]
      : [],
  );
}

/** A reference says where, and its address may have moved as well: only the attribute counts. */
function plain(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{\s*(?!provider\.)[\w-]+\.[\w-]+(?:\[[^\]]*\])?\./g, '${');
  return isTree(value) || Array.isArray(value) ? canonical(value) : value;
}

/** Types whose loss is the loss of data, or of what nobody can make again. */
const holdsData = new Set([
  'google_alloydb_cluster',
  'google_alloydb_instance',
  'google_artifact_registry_repository',
  'google_bigquery_dataset',
  'google_bigquery_table',
  'google_bigtable_instance',
  'google_bigtable_table',
  'google_compute_disk',
  'google_compute_instance',
  'google_compute_region_disk',
  'google_compute_snapshot',
  'google_container_cluster',
  'google_dns_managed_zone',
  'google_filestore_instance',
  'google_firestore_database',
  'google_kms_crypto_key',
  'google_kms_key_ring',
  'google_logging_project_bucket_config',
  'google_memcache_instance',
  'google_project',
  'google_pubsub_subscription',
  'google_pubsub_topic',
  'google_redis_cluster',
  'google_redis_instance',
  'google_secret_manager_secret',
  'google_secret_manager_secret_version',
  'google_spanner_database',
  'google_spanner_instance',
  'google_sql_database',
  'google_sql_database_instance',
  'google_storage_bucket',
  'google_storage_bucket_object',
  'random_id',
  'random_password',
  'random_string',
  'snowflake_database',
  'snowflake_schema',
  'snowflake_stage',
  'snowflake_table',
  'postgresql_database',
  'postgresql_schema',
]);

export function isStateful(type: string): boolean {
  return holdsData.has(type);
}

/** Arguments with which a provider refuses to destroy. */
export function isProtected(values: Tree, lifecycle: Tree): boolean {
  return lifecycle.prevent_destroy === true || values.deletion_protection === true;
}
