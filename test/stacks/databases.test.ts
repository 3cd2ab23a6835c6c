import { synthStacks } from '../../stacks';
import { platformOf } from './platform-fixture';
import { schemaProblems } from './provider-schema';
import { dependenciesOf, type Resource, resourcesOf } from './terraform';

const head = `
version: 1
name: acme
google: { project: analysis-1, region: us-west1 }
labels: { team: data }
`;

/** The data stack of some databases. */
function dataOf(text: string): Resource[] {
  return resourcesOf(synthStacks(platformOf(`${head}${text}`)), 'data');
}

const resources = dataOf(`
databases:
  warehouse:
    databases: [dw_production]
    backups: { location: us }
    insights: { queryStringLength: 4500, recordClientAddress: false }
    maintenance: { day: SA, hour: 22, track: week5, deny: { start: 12-20, end: 01-06, time: "01:30" } }
    replicas: { far: { region: us-east1, zone: us-east1-b, tier: db-custom-2-7680, diskSizeGb: 50 } }
    roles: { readonly: { read: [public] } }
    users:
      ana: { member: "user:ana@example.com", roles: [readonly] }
      analysts: { member: "group:analysts@example.com" }
      looker: { login: password }
      loader: { member: "serviceAccount:loader@other-1.iam.gserviceaccount.com", access: write }
  review: { databases: [dw_production], clone: { of: warehouse, pointInTime: 2026-11-20T08:00:00Z } }
  staging: { databases: [x], clone: { instance: acme-prod-x } }
  hidden:
    databases: [y]
    connect: { psc: { allowedProjects: [other-1] } }
    replicas: { near: {} }
    users: { ana: { member: "user:ana@example.com" } }
meltano:
  elt: { project: ./meltano, database: warehouse/dw_production }
  test: { project: ./meltano, database: review/dw_production }
`);
const named = (address: string): Resource | undefined =>
  resources.find((resource) => resource.address === address);
const valuesOf = (address: string) => named(address)?.values;
const addressesOf = (type: string) =>
  resources.filter((resource) => resource.type === type).map(({ name }) => name);

it('holds only what the provider knows, of its types, and all that it requires', () => {
  expect(
    resources.flatMap(({ type, address, values }) =>
      schemaProblems('resource', type, values).map((problem) => `${address}: ${problem}`),
    ),
  ).toEqual([]);
});

it('says when maintenance may be, where backups are and what Query Insights keeps', () => {
  expect(valuesOf('google_sql_database_instance.warehouse')?.settings).toMatchObject({
    maintenance_window: { day: 6, hour: 22, update_track: 'week5' },
    deny_maintenance_period: { start_date: '12-20', end_date: '01-06', time: '01:30:00' },
    backup_configuration: { location: 'us' },
    insights_config: {
      query_insights_enabled: true,
      query_string_length: 4500,
      query_plans_per_minute: 5,
      record_client_address: false,
    },
  });
});

describe('a replica', () => {
  const replica = named('google_sql_database_instance.warehouse_far');

  it('follows its instance, after it, in a region and zone of its own', () => {
    expect(replica?.values).toMatchObject({
      name: 'acme-warehouse-far',
      region: 'us-east1',
      master_instance_name: 'acme-warehouse',
      depends_on: ['google_sql_database_instance.warehouse'],
      settings: {
        tier: 'db-custom-2-7680',
        disk_size: 50,
        availability_type: 'ZONAL',
        location_preference: { zone: 'us-east1-b' },
        ip_configuration: { ipv4_enabled: false },
      },
    });
  });

  it('has no backups, window or password policy, which are those of its instance', () => {
    const settings = Object.keys(replica?.values.settings ?? {});
    expect(settings).toContain('tier');
    for (const name of ['backup_configuration', 'maintenance_window', 'password_validation_policy']) {
      expect(settings).not.toContain(name);
    }
  });

  it('is protected, labelled and audited like its instance', () => {
    const instance = valuesOf('google_sql_database_instance.warehouse');
    for (const name of ['database_flags', 'deletion_protection_enabled', 'user_labels', 'edition']) {
      expect(replica?.values).toHaveProperty(
        `settings.${name}`,
        (instance?.settings as Record<string, unknown>)[name],
      );
    }
  });
});

describe('a clone', () => {
  it('is made after what it is a copy of, of the moment that is asked for', () => {
    expect(valuesOf('google_sql_database_instance.review')).toMatchObject({
      clone: { source_instance_name: 'acme-warehouse', point_in_time: '2026-11-20T08:00:00Z' },
      depends_on: expect.arrayContaining(['google_sql_database_instance.warehouse']),
    });
    expect(valuesOf('google_sql_database_instance.staging')?.clone).toMatchObject({
      source_instance_name: 'acme-prod-x',
    });
  });

  it('is made when all is there that it has without making it, with an admin that no login that comes along is called like', () => {
    const before = [
      'google_sql_database.warehouse_dw_production',
      'google_sql_user.warehouse_meltano-elt',
      'google_sql_user.warehouse_login_ana',
      'google_sql_user.warehouse_login_analysts',
      'google_sql_user.warehouse_login_loader',
    ];
    const { depends_on: dependsOn } = valuesOf('google_sql_database_instance.review') ?? {};
    expect(dependsOn).toEqual(expect.arrayContaining(before));
    // On a platform that is live it comes along, whatever the order of a first deployment.
    expect(valuesOf('google_sql_user.warehouse_tapline-bootstrap')).toMatchObject({
      name: 'tapline-bootstrap',
      depends_on: ['google_sql_database_instance.warehouse'],
    });
    expect(valuesOf('google_sql_user.review_tapline-bootstrap')).toMatchObject({
      name: 'tapline-bootstrap-acme-review',
      depends_on: ['google_sql_database_instance.review'],
    });
  });

  it('makes neither the databases nor the logins that come with it', () => {
    expect(addressesOf('google_sql_database')).toEqual(['hidden_y', 'warehouse_dw_production']);
    expect(addressesOf('google_sql_user').filter((name) => name.startsWith('review'))).toEqual([
      'review_meltano-test',
      'review_tapline-bootstrap',
    ]);
  });
});

describe('logins', () => {
  it('of people, groups and programs elsewhere are logins by IAM', () => {
    const users = ['ana', 'analysts', 'loader'].map((key) => {
      const { name, type, deletion_policy } = valuesOf(`google_sql_user.warehouse_login_${key}`) ?? {};
      return [name, type, deletion_policy];
    });
    expect(users).toEqual([
      ['ana@example.com', 'CLOUD_IAM_USER', 'ABANDON'],
      ['analysts@example.com', 'CLOUD_IAM_GROUP', 'ABANDON'],
      ['loader@other-1.iam', 'CLOUD_IAM_SERVICE_ACCOUNT', 'ABANDON'],
    ]);
  });

  it('get the roles on the project that IAM asks for, once for all instances', () => {
    const grants = resources.filter(({ type }) => type === 'google_project_iam_member');
    expect(
      grants
        .filter(({ values }) => values.member === 'user:ana@example.com')
        .map(({ values }) => values.role),
    ).toEqual(['roles/cloudsql.client', 'roles/cloudsql.instanceUser']);
    expect(grants).toHaveLength(6);
  });

  it('with a password are not made by Cloud SQL, where they would own every database', () => {
    expect(addressesOf('google_sql_user').filter((name) => name.includes('looker'))).toEqual([]);
    const platform = platformOf(
      `${head}databases: { main: { databases: [x], users: { looker: { login: password } } } }`,
    );
    const version = resourcesOf(synthStacks(platform)).find(
      ({ address }) => address === 'google_secret_manager_secret_version.tapline-login-main-looker_password',
    );
    expect(version?.values).toMatchObject({ secret_data_wo: expect.stringContaining('ephemeral.') });
    expect(version?.values).not.toHaveProperty('secret_data');
  });
});

describe('Private Service Connect', () => {
  it('is in the place of the private address', () => {
    expect(valuesOf('google_sql_database_instance.hidden')).toHaveProperty(
      'settings.ip_configuration',
      expect.objectContaining({
        ipv4_enabled: false,
        psc_config: [{ psc_enabled: true, allowed_consumer_projects: ['analysis-1', 'other-1'] }],
      }),
    );
    expect(valuesOf('google_sql_database_instance.hidden')).not.toHaveProperty(
      'settings.ip_configuration.private_network',
    );
  });

  it('has an address that leads to the instance, and the name that the proxy looks for', () => {
    expect(valuesOf('google_compute_forwarding_rule.sql-hidden')).toMatchObject({
      target: '${google_sql_database_instance.hidden.psc_service_attachment_link}',
      ip_address: '${google_compute_address.sql-hidden.self_link}',
      load_balancing_scheme: '',
    });
    expect(valuesOf('google_dns_record_set.sql-hidden')).toMatchObject({
      name: '${google_sql_database_instance.hidden.dns_name}',
      rrdatas: ['${google_compute_address.sql-hidden.address}'],
    });
    expect(valuesOf('google_dns_managed_zone.sql-hidden')).toMatchObject({
      visibility: 'private',
      private_visibility_config: {
        networks: [{ network_url: 'projects/analysis-1/global/networks/acme' }],
      },
    });
  });
});

it('gives a replica of such an instance an endpoint of its own', () => {
  expect(valuesOf('google_compute_forwarding_rule.sql-hidden_near')).toMatchObject({
    name: 'acme-sql-hidden-near',
    target: '${google_sql_database_instance.hidden_near.psc_service_attachment_link}',
  });
});

it('needs nothing that is not in its stack', () => {
  const own = new Set(resources.map(({ address }) => address));
  for (const resource of resources) {
    for (const dependency of dependenciesOf(resource)) expect([...own]).toContain(dependency);
  }
});
