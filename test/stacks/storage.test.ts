import { synthStacks } from '../../stacks';
import { examplePlatform, platformOf } from './platform-fixture';
import { dependenciesOf, type Resource, resourcesOf } from './terraform';

const hardened = synthStacks(examplePlatform('hardened'));

/** Whether a resource comes after another, by references and `depends_on`. */
function reaches(resources: readonly Resource[], from: string, goal: string): boolean {
  const byAddress = new Map(resources.map((one) => [one.address, one]));
  const visit = (address: string): boolean => {
    const resource = byAddress.get(address);
    return address === goal || (resource !== undefined && dependenciesOf(resource).some(visit));
  };
  return visit(from);
}

describe('customer-managed keys', () => {
  /** Where each type of resource names its key. */
  const keyOf: Readonly<Record<string, string>> = {
    google_artifact_registry_repository: 'kms_key_name',
    google_gke_backup_backup_plan: 'backup_config.encryption_key.gcp_kms_encryption_key',
    google_container_cluster: 'database_encryption.key_name',
    google_container_node_pool: 'node_config.boot_disk_kms_key',
    google_pubsub_topic: 'kms_key_name',
    google_sql_database_instance: 'encryption_key_name',
    google_storage_bucket: 'encryption.default_kms_key_name',
  };

  it.each(Object.entries(keyOf))('encrypt every %s', (type, path) => {
    const found = resourcesOf(hardened).filter((one) => one.type === type && one.stack !== 'bootstrap');
    expect(found.length).toBeGreaterThan(0);
    for (const { values } of found) {
      expect(values).toHaveProperty(path, expect.stringMatching(/^projects\/.*\/cryptoKeys\//));
    }
  });

  it('encrypt every secret, in each place that it is kept', () => {
    const secrets = resourcesOf(hardened).filter(({ type }) => type === 'google_secret_manager_secret');
    for (const { values } of secrets) {
      const keys = JSON.stringify(values.replication).match(/\/locations\/[^/]+\/keyRings\//g) ?? [];
      const { user_managed: several } = values.replication as { user_managed?: { replicas: object[] } };
      expect(keys).toHaveLength(several?.replicas.length ?? 1);
    }
    expect(secrets.length).toBeGreaterThan(3);
  });

  it('exist, and the agent of the product may use them, before anything is encrypted with them', () => {
    const resources = resourcesOf(hardened, 'foundation');
    const keys = new Map(
      resources
        .filter(({ type }) => type === 'google_kms_crypto_key')
        .map(({ name, values }) => {
          const location = name.slice(0, name.lastIndexOf('_'));
          return [`locations/${location}/keyRings/vault/cryptoKeys/${String(values.name)}`, name];
        }),
    );
    const used = resources
      .filter(({ type }) => !type.startsWith('google_kms'))
      .flatMap(({ address, values }) =>
        [...JSON.stringify(values).matchAll(/locations\/[^"]+\/cryptoKeys\/[a-z]+/g)].map(([key]) => ({
          address,
          key: keys.get(key),
        })),
      );
    expect(used.length).toBeGreaterThan(10);
    for (const { address, key } of used) {
      const grant = `google_kms_crypto_key_iam_member.${key ?? '?'}_agent`;
      expect([address, grant, reaches(resources, address, grant)]).toEqual([address, grant, true]);
    }
  });

  it('are used by what the other stacks make only where the foundation makes them', () => {
    const made = JSON.stringify(
      examplePlatform('hardened').encryption?.keyRings.flatMap(({ keys }) => keys.map(({ id }) => id)),
    );
    const used = resourcesOf(hardened).flatMap(({ values }) =>
      [...JSON.stringify(values).matchAll(/projects\/[^"]+\/cryptoKeys\/[a-z]+/g)].map(([key]) => key),
    );
    expect(used.filter((key) => !made.includes(`"${key}"`))).toEqual([]);
  });
});

describe('topics', () => {
  const resources = resourcesOf(hardened, 'foundation');

  it.each([
    ['google_storage_notification.exports_arrived', 'exports_storage-agent'],
    ['google_secret_manager_secret.shop_api_token', 'operations_secrets-agent'],
    ['google_pubsub_subscription.exports_warehouse', 'exports-dead_pubsub-agent'],
  ])('are told by %s only after the agent may publish', (address, grant) => {
    expect(resources.map((one) => one.address)).toContain(address);
    expect(reaches(resources, address, `google_pubsub_topic_iam_member.${grant}`)).toBe(true);
  });

  it('come after the API of Pub/Sub, and so do their subscriptions', () => {
    const found = resources.filter(({ type }) => type.startsWith('google_pubsub'));
    expect(found.length).toBeGreaterThan(5);
    for (const { address } of found) {
      expect([address, reaches(resources, address, 'google_project_service.pubsub')]).toEqual([
        address,
        true,
      ]);
    }
  });

  it('tell of a bucket that others read: the warehouse pulls from a topic and a subscription of one name', () => {
    const snowpipe = resourcesOf(
      synthStacks(
        platformOf(`
version: 1
name: gitlab
google: { project: gitlab-analysis, region: us-west1, projectNumber: "123456789012" }
buckets:
  pto:
    name: gitlab-pto
    readers: [serviceAccount:snowflake@gcs-integration.iam.gserviceaccount.com]
    notifications: { snowpipe: { topic: pto } }
  demandbase:
    name: datastream-hosted-gitlab-3750
    existing: true
    readers: [serviceAccount:snowflake@gcs-integration.iam.gserviceaccount.com]
topics:
  pto:
    name: gitlab-pto-snowpipe
    subscriptions:
      snowpipe:
        name: gitlab-pto-snowpipe
        readers: [serviceAccount:snowflake@gcs-integration.iam.gserviceaccount.com]
`),
      ),
      'foundation',
    );
    const of = (address: string) => snowpipe.find((one) => one.address === address)?.values;
    expect(of('google_storage_notification.pto_snowpipe')).toMatchObject({
      bucket: 'gitlab-pto',
      topic: 'projects/gitlab-analysis/topics/gitlab-pto-snowpipe',
    });
    expect(of('google_pubsub_subscription.pto_snowpipe')).toMatchObject({
      name: 'gitlab-pto-snowpipe',
      topic: 'projects/gitlab-analysis/topics/gitlab-pto-snowpipe',
    });
    // The bucket of somebody else is not made, only opened.
    expect(of('google_storage_bucket.demandbase')).toBeUndefined();
    const grants = snowpipe.filter(({ type }) => type === 'google_storage_bucket_iam_member');
    expect(grants.map(({ values }) => values.role)).toEqual([
      'roles/storage.objectViewer',
      'roles/storage.objectViewer',
    ]);
  });
});

describe('access logs', () => {
  it('are sent by every bucket, that of the state included', () => {
    const buckets = resourcesOf(hardened).filter(({ type }) => type === 'google_storage_bucket');
    expect(buckets.length).toBeGreaterThan(3);
    for (const { values } of buckets)
      expect(values).toHaveProperty('logging.log_bucket', 'example-org-access-logs');
  });

  it('have a bucket of their own before the one of the state is made', () => {
    const resources = resourcesOf(
      synthStacks(
        platformOf(
          '{ version: 1, name: acme, google: { project: acme-data, region: us-west1 }, accessLogs: {} }',
        ),
      ),
      'bootstrap',
    );
    expect(reaches(resources, 'google_storage_bucket.tfstate', 'google_storage_bucket.access-logs')).toBe(
      true,
    );
    expect(resources.find(({ type }) => type === 'google_storage_bucket_iam_member')?.values).toMatchObject({
      member: 'group:cloud-storage-analytics@google.com',
    });
  });
});

describe('secrets', () => {
  const readersOf = (more: string) =>
    resourcesOf(
      synthStacks(
        platformOf(`
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
namespaces: { production: {}, testing: {} }
secrets: { tap: { keys: [token], namespaces: [production, testing] ${more} } }
meltano:
  elt: { namespace: production, image: docker.io/acme/elt:1, env: { T: { secret: tap/token } } }
  test: { namespace: testing, image: docker.io/acme/elt:1, env: { T: { secret: tap/token } } }
`),
      ),
      'foundation',
    )
      .filter(({ type }) => type === 'google_secret_manager_secret_iam_member')
      .map(({ name, values }) => [name, String(values.member).replace(/^serviceAccount:acme-|@.*/g, '')]);

  it('are read by the workloads that name them', () => {
    expect(readersOf('')).toEqual([
      ['tap_token_meltano-elt', 'meltano-elt'],
      ['tap_token_meltano-test', 'meltano-test'],
    ]);
  });

  it('are read in their namespace only where each namespace has its own', () => {
    expect(readersOf(', perNamespace: true')).toEqual([
      ['tap_production_token_meltano-elt', 'meltano-elt'],
      ['tap_testing_token_meltano-test', 'meltano-test'],
    ]);
  });

  it('are granted once to a workload that names them and is a reader as well', () => {
    expect(readersOf(', readers: [meltano/elt, "group:a@example.com"]')).toEqual([
      [expect.stringMatching(/^tap_token_group-a-example-com-/), 'group:a'],
      ['tap_token_meltano-elt', 'meltano-elt'],
      ['tap_token_meltano-test', 'meltano-test'],
    ]);
    expect(readersOf(', perNamespace: true, readers: [meltano/elt]')).toEqual([
      ['tap_production_token_meltano-elt', 'meltano-elt'],
      ['tap_testing_token_meltano-elt', 'meltano-elt'],
      ['tap_testing_token_meltano-test', 'meltano-test'],
    ]);
  });
});
