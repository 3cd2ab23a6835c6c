import { outputOf } from '../support/output';

const { resource, addresses, dag, object, objects, rolesOf } = outputOf('examples/gitlab-data/platform.yaml');

/** The pods of a CronJob. */
const podOf = (pipeline: string) => object('CronJob', pipeline).spec.jobTemplate.spec.template.spec;

/** The statements of the Job that makes the rights in a database. */
const statements = (instance: string) =>
  objects
    .filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith(`bootstrap-${instance}-`))
    .map(({ data }) => Object.values(data).join('\n'))
    .join('\n');

describe("the GitLab data team's warehouse and runner", () => {
  const schemas = [
    ...['analytics', 'customers', 'gitlab', 'historical', 'lever', 'license', 'mkto', 'public', 'sandbox'],
    ...['sfdc', 'sfdc_derived', 'version', 'zuora'],
  ];

  test('elt-02: gives the pods of the runner routable addresses and a peering with the network of the version database', () => {
    expect(resource('google_compute_subnetwork.platform').secondary_ip_range).toContainEqual({
      range_name: 'pods-bizops-runner',
      ip_cidr_range: '10.60.0.0/18',
    });
    expect(resource('google_compute_network_peering.version')).toMatchObject({
      peer_network: 'projects/gitlab-version/global/networks/default',
      export_custom_routes: true,
      import_custom_routes: true,
    });
  });

  test('elt-02: lets the nodes of the runner alone through to the databases on the other side', () => {
    const allowed = resource('google_compute_firewall.runner-to-version');
    const denied = resource('google_compute_firewall.nobody-to-version');
    expect(allowed).toMatchObject({ direction: 'EGRESS', allow: [{ protocol: 'tcp', ports: ['5432'] }] });
    expect(denied.destination_ranges).toEqual(allowed.destination_ranges);
    expect(allowed.priority).toBeLessThan(denied.priority);
    expect(denied.target_service_accounts).toHaveLength(2);
    const tagged = addresses('google_container_node_pool')
      .map(resource)
      .filter(({ node_config }) => node_config.tags?.includes(allowed.target_tags[0]));
    expect(tagged.map(({ cluster }) => cluster as string)).toEqual(['bizops-runner']);
  });

  test('elt-03: has the warehouse dev-bizops with dw_production, and a copy of it for reviews', () => {
    expect(resource('google_sql_database_instance.warehouse')).toMatchObject({
      name: 'dev-bizops',
      region: 'us-west1',
      settings: { ip_configuration: { ipv4_enabled: false } },
    });
    expect(resource('google_sql_database.warehouse_dw_production').name).toBe('dw_production');
    expect(resource('google_sql_database_instance.warehouse-review')).toMatchObject({
      clone: { source_instance_name: 'dev-bizops' },
      deletion_protection: false,
    });
    expect(rolesOf('google_project_iam_member', 'group:data-analysts@gitlab.com')).toEqual([
      'roles/cloudsql.client',
      'roles/cloudsql.instanceUser',
    ]);
  });

  test.each([
    ['readonly', ['sandbox']],
    ['analytics', ['analytics', 'public', 'sandbox']],
  ])('elt-04: lets the role %s read every schema, now and later, and change its own', (role, own) => {
    const sql = statements('warehouse');
    const among = (names: readonly string[], quote: string) =>
      names.map((name) => `${quote}${name}${quote}`).join(', ');
    const read = schemas.filter((schema) => !own.includes(schema));
    const usage = (rights: string, names: readonly string[]) =>
      new RegExp(
        `GRANT ${rights} ON SCHEMA %I TO %s', nspname, '"${role}"'\\) FROM pg_namespace\\n.*nspname IN \\(${among(names, "'")}\\)`,
      );
    expect(sql).toMatch(usage('USAGE', read));
    expect(sql).toMatch(usage('USAGE, CREATE', own));
    const later = (names: readonly string[], rights: string) =>
      `ALTER DEFAULT PRIVILEGES IN SCHEMA ${among(names, '"')} GRANT ${rights} ON TABLES TO "${role}";`;
    expect(sql).toContain(later(read, 'SELECT'));
    expect(sql).toContain(later(own, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'));
  });

  test('elt-05: makes people, groups and programs members of the roles, which none of them logs in as', () => {
    const sql = statements('warehouse');
    for (const [role, member] of [
      ['analytics', 'data-analysts@gitlab.com'],
      ['analytics', 'tmurphy@gitlab.com'],
      ['readonly', 'finance@gitlab.com'],
      ['readonly', 'looker'],
    ]) {
      expect(sql).toContain(`GRANT "${role}" TO "${member}";`);
      expect(sql).toContain(`CREATE ROLE "${role}" NOLOGIN`);
    }
    expect(sql).toContain('ALTER ROLE "looker" LOGIN;');
    expect(resource('google_sql_user.warehouse_login_analysts').type).toBe('CLOUD_IAM_GROUP');
    expect(resource('google_sql_user.warehouse_login_tmurphy').type).toBe('CLOUD_IAM_USER');
  });

  test('elt-08: extracts Zuora into production every day, and into the copy only when somebody starts it', () => {
    const zuora = dag('production', 'el_zuora_prod');
    expect(zuora).toMatchObject({ schedule: '0 3 * * *', catchup: false });
    expect(object('CronJob', 'zuora-review')).toMatchObject({
      metadata: { namespace: 'testing' },
      spec: { suspend: true },
    });
    const [production, review] = [zuora.tasks[0].pod.spec, podOf('zuora-review')];
    expect(production.initContainers[0].args).toContain('gitlab-analysis:us-west1:dev-bizops');
    expect(review.initContainers[0].args).toContain('gitlab-analysis:us-west1:gitlab-warehouse-review');
    expect(production.containers[0].args).toEqual(review.containers[0].args);
  });
});
