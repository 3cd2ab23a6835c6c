import { RootConstruct } from 'constructs';
import { addStacks, synthStacks } from '../../stacks';
import { everything, examplePlatform, platformOf } from './platform-fixture';
import { dependenciesOf, fileOf, type Resource, resourcesOf, stackNames, stackOf } from './terraform';

const platform = platformOf(everything);
const synthesized = synthStacks(platform);
const named = (address: string): Resource | undefined =>
  resourcesOf(synthesized).find((resource) => resource.address === address);

describe('the stacks', () => {
  it('are ordered by what they need of each other', () => {
    const stacks = addStacks(new RootConstruct(''), platform);
    expect(stacks.map(({ node, dependencies }) => [node.id, dependencies.map((one) => one.node.id)])).toEqual(
      [
        ['bootstrap', []],
        ['foundation', ['bootstrap']],
        ['data', ['foundation']],
        ['cluster', ['foundation']],
        ['operations', ['foundation']],
      ],
    );
  });

  it('keep their state in the state bucket, but for the one that makes it', () => {
    const bucket = platform.stateBucket.name;
    expect(resourcesOf(synthesized, 'bootstrap').map(({ address }) => address)).toEqual([
      'google_project_service.storage',
      'google_storage_bucket.tfstate',
    ]);
    expect(named('google_storage_bucket.tfstate')?.values.name).toBe(bucket);
    expect(stackOf(synthesized, 'bootstrap').terraform.backend).toEqual({
      local: { path: '../../../everything.bootstrap.tfstate' },
    });
    for (const stack of ['foundation', 'data', 'cluster', 'operations']) {
      expect(stackOf(synthesized, stack).terraform.backend).toEqual({ gcs: { bucket, prefix: stack } });
    }
  });

  it('can each be planned alone: no data source, no output, no reference into another stack', () => {
    for (const stack of stackNames) {
      expect(stackOf(synthesized, stack)).not.toHaveProperty('data');
      expect(stackOf(synthesized, stack)).not.toHaveProperty('output');
      const own = new Set(resourcesOf(synthesized, stack).map(({ address }) => address));
      for (const resource of resourcesOf(synthesized, stack)) {
        for (const dependency of dependenciesOf(resource)) expect([...own]).toContain(dependency);
      }
    }
  });

  it('name project and region of their provider', () => {
    for (const stack of stackNames) {
      expect(stackOf(synthesized, stack).provider).toEqual({
        google: [{ project: 'analysis-1', region: 'us-west1' }],
      });
    }
  });

  it('have addresses that a person can read and that no hash is in', () => {
    for (const { name } of resourcesOf(synthStacks(examplePlatform('gitlab-meltano')))) {
      expect(name).toMatch(/^[a-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*$/);
      expect(name).not.toMatch(/[0-9A-Fa-f]{8}/);
    }
    for (const address of [
      'google_container_cluster.platform',
      'google_container_node_pool.cheap',
      'google_sql_database_instance.main',
      'google_sql_database.main_airflow_testing',
      'google_sql_user.main_airflow-production',
      'google_sql_user.main_tapline-bootstrap',
      'google_service_account.meltano-gitlab',
      'google_project_iam_member.meltano-gitlab_cloudsql-client',
      'google_service_account_iam_member.meltano-gitlab',
      'google_secret_manager_secret.tap-secrets_sf_user',
      'google_storage_bucket_iam_member.state-gitlab_meltano-gitlab',
    ]) {
      expect(named(address)).toBeDefined();
    }
  });

  it('label everything that takes labels', () => {
    const labelled = resourcesOf(synthesized).flatMap(({ type, address, values }) => {
      const settings = values.settings as { user_labels?: object } | undefined;
      const labels = values.labels ?? values.resource_labels ?? settings?.user_labels;
      return labels === undefined ? [] : [{ type, address, labels }];
    });
    for (const { address, labels } of labelled) {
      expect([address, labels]).toEqual([
        address,
        expect.objectContaining({ team: 'data', platform: 'everything' }),
      ]);
    }
    const types = new Set(labelled.map(({ type }) => type));
    expect([...types].sort()).toEqual([
      'google_artifact_registry_repository',
      'google_compute_address',
      'google_compute_global_address',
      'google_container_cluster',
      'google_gke_backup_backup_plan',
      'google_secret_manager_secret',
      'google_sql_database_instance',
      'google_storage_bucket',
    ]);
  });
});

describe('the stack data', () => {
  it('makes the logins that the model computed', () => {
    for (const database of platform.databases) {
      for (const user of database.users) {
        expect(named(`google_sql_user.${database.key}_${user.identity}`)?.values).toMatchObject({
          name: user.name,
          instance: database.name,
          depends_on: [`google_sql_database_instance.${database.key}`],
        });
      }
    }
  });

  it('puts the password of the administrative login where the model says', () => {
    for (const { key, bootstrap } of platform.databases) {
      const version = named(`google_secret_manager_secret_version.${key}_${bootstrap?.adminUser ?? '?'}`);
      expect(version?.stack).toBe('data');
      expect(version?.values.secret).toBe(
        `projects/analysis-1/secrets/${bootstrap?.adminPassword.secretId ?? '?'}`,
      );
    }
  });

  it('puts the instances into the network and the range of the foundation', () => {
    const network = named('google_compute_network.platform')?.values;
    const range = named('google_compute_global_address.platform_private-services')?.values;
    expect(named('google_sql_database_instance.main')?.values.settings).toHaveProperty(
      'ip_configuration',
      expect.objectContaining({
        private_network: `projects/analysis-1/global/networks/${String(network?.name)}`,
        allocated_ip_range: range?.name,
      }),
    );
  });

  it('gives a production platform a standby, unless an instance says otherwise', () => {
    expect(named('google_sql_database_instance.main')?.values).toHaveProperty(
      'settings.availability_type',
      'REGIONAL',
    );
    expect(named('google_sql_database_instance.analytics')?.values).toHaveProperty(
      'settings.availability_type',
      'ZONAL',
    );
  });
});

describe('the stack cluster', () => {
  it('puts the cluster into the network and the ranges of the foundation', () => {
    const network = named('google_compute_network.platform')?.values;
    const subnet = named('google_compute_subnetwork.platform')?.values;
    const ranges = subnet?.secondary_ip_range as { range_name: string }[];
    expect(named('google_container_cluster.platform')?.values).toMatchObject({
      network: `projects/analysis-1/global/networks/${String(network?.name)}`,
      subnetwork: `projects/analysis-1/regions/us-west1/subnetworks/${String(subnet?.name)}`,
      ip_allocation_policy: {
        cluster_secondary_range_name: ranges[0]?.range_name,
        services_secondary_range_name: ranges[1]?.range_name,
      },
    });
  });

  it('runs its nodes as the service account of the nodes', () => {
    const email = 'everything-nodes-platform@analysis-1.iam.gserviceaccount.com';
    for (const pool of ['main', 'cheap']) {
      expect(named(`google_container_node_pool.${pool}`)?.values).toMatchObject({
        node_config: { service_account: email },
        depends_on: ['google_container_cluster.platform'],
      });
    }
  });

  it('lets each workload act as its own identity, once the cluster exists', () => {
    for (const identity of platform.identities) {
      const binding = named(`google_service_account_iam_member.${identity.key}`);
      if (identity.kubernetes === null) {
        expect(binding).toBeUndefined();
        continue;
      }
      expect(binding?.values).toMatchObject({
        service_account_id: `projects/analysis-1/serviceAccounts/${identity.email}`,
        member: identity.kubernetes.member,
        depends_on: ['google_container_cluster.platform'],
      });
    }
  });

  it('names the pools of further clusters after both, so that clusters may have pools of the same name', () => {
    const pools = resourcesOf(synthesized, 'cluster').filter(
      ({ type }) => type === 'google_container_node_pool',
    );
    expect(pools.map(({ name }) => name).sort()).toEqual(['cheap', 'main', 'runner_main', 'scratch']);
  });

  it('has the add-on for secrets only where they are delivered by it', () => {
    expect(named('google_container_cluster.platform')?.values).toHaveProperty(
      'secret_manager_config.enabled',
      true,
    );
    expect(
      fileOf(synthStacks({ ...platform, secretDelivery: 'external-secrets' }), 'stacks/cluster/cdk.tf.json'),
    ).not.toContain('secret_manager_config');
  });
});
