import type { AccessPair } from '../../support/access-corpus';

const member = (values: Record<string, unknown>) => ({
  google_project_iam_member: { one: { project: 'p', ...values } },
});
const bucketMember = (values: Record<string, unknown>) => ({
  google_storage_bucket_iam_member: { one: { bucket: 'raw', ...values } },
});
const rule = (values: Record<string, unknown>) => ({
  google_compute_firewall: {
    one: {
      name: 'one',
      network: 'main',
      project: 'p',
      source_ranges: ['10.0.0.0/8'],
      allow: [{ protocol: 'tcp', ports: ['22'] }],
      ...values,
    },
  },
});
const deny = {
  google_compute_firewall: {
    no: {
      name: 'no',
      network: 'main',
      project: 'p',
      source_ranges: ['0.0.0.0/0'],
      deny: [{ protocol: 'tcp' }],
      priority: 100,
    },
  },
};
const sql = (address: Record<string, unknown>) => ({
  google_sql_database_instance: {
    main: {
      name: 'main',
      database_version: 'POSTGRES_17',
      settings: [{ tier: 'db-f1-micro', ip_configuration: [address] }],
    },
  },
});
const cluster = (values: Record<string, unknown>) => ({
  google_container_cluster: {
    main: {
      name: 'main',
      location: 'europe-west1',
      private_cluster_config: [{ enable_private_nodes: true }],
      ...values,
    },
  },
});
const networks = (...ranges: readonly string[]) => ({
  master_authorized_networks_config: [{ cidr_blocks: ranges.map((cidr_block) => ({ cidr_block })) }],
});
const custom = (permissions: readonly string[]) => ({
  google_project_iam_custom_role: {
    loader: { project: 'p', role_id: 'loader', title: 'Loader', permissions },
  },
  google_project_iam_member: {
    one: { project: 'p', role: '${google_project_iam_custom_role.loader.id}', member: 'user:a@x.com' },
  },
});
const account = { google_service_account: { loader: { account_id: 'loader', project: 'p' } } };

const a = 'user:a@x.com';
const viewer = 'roles/viewer';

/** Terraform: what changed, and who may do more or less by it. */
export const googlePairs: readonly AccessPair[] = [
  // Members, bindings, policies.
  {
    name: 'a member is added',
    before: {},
    after: member({ role: viewer, member: a }),
    rows: [[a, 'project p', 'broadened']],
  },
  {
    name: 'a member is taken away',
    before: member({ role: viewer, member: a }),
    after: {},
    rows: [[a, 'project p', 'narrowed']],
  },
  {
    name: 'a role grows',
    before: member({ role: viewer, member: a }),
    after: member({ role: 'roles/editor', member: a }),
    rows: [[a, 'project p', 'broadened']],
  },
  {
    name: 'a role shrinks',
    before: bucketMember({ role: 'roles/storage.objectAdmin', member: a }),
    after: bucketMember({ role: 'roles/storage.objectViewer', member: a }),
    rows: [[a, 'raw', 'narrowed']],
  },
  {
    name: 'a role becomes another',
    before: bucketMember({ role: 'roles/storage.objectViewer', member: a }),
    after: bucketMember({ role: 'roles/storage.objectCreator', member: a }),
    rows: [[a, 'raw', 'mixed']],
  },
  {
    name: 'an unknown service: the role goes from viewer to admin',
    before: member({ role: 'roles/newthing.viewer', member: a }),
    after: member({ role: 'roles/newthing.admin', member: a }),
    rows: [[a, 'project p', 'broadened']],
  },
  {
    name: 'one principal for another',
    before: member({ role: viewer, member: a }),
    after: member({ role: viewer, member: 'user:b@x.com' }),
    rows: [
      [a, 'project p', 'narrowed'],
      ['user:b@x.com', 'project p', 'broadened'],
    ],
  },
  {
    name: 'a member becomes a binding',
    before: member({ role: viewer, member: a }),
    after: { google_project_iam_binding: { all: { project: 'p', role: viewer, members: [a] } } },
    rows: [],
  },
  {
    name: 'a binding gets one more',
    before: { google_project_iam_binding: { all: { project: 'p', role: viewer, members: [a] } } },
    after: {
      google_project_iam_binding: { all: { project: 'p', role: viewer, members: ['user:b@x.com', a] } },
    },
    rows: [['user:b@x.com', 'project p', 'broadened']],
  },
  {
    name: 'the case of a member',
    before: member({ role: viewer, member: 'user:A@X.com' }),
    after: member({ role: viewer, member: a }),
    rows: [],
  },
  {
    name: 'a grant under another name',
    before: { google_project_iam_member: { old: { project: 'p', role: viewer, member: a } } },
    after: { google_project_iam_member: { new: { project: 'p', role: viewer, member: a } } },
    rows: [],
  },
  {
    name: 'a grant that another gives already',
    before: member({ role: 'roles/editor', member: a }),
    after: {
      google_project_iam_member: {
        one: { project: 'p', role: 'roles/editor', member: a },
        two: { project: 'p', role: viewer, member: a },
      },
    },
    rows: [],
  },
  {
    name: 'a bucket becomes public',
    before: {},
    after: bucketMember({ role: 'roles/storage.objectViewer', member: 'allUsers' }),
    rows: [['allUsers', 'raw', 'broadened']],
  },
  {
    name: 'from everybody with an account to everybody',
    before: bucketMember({ role: 'roles/storage.objectViewer', member: 'allAuthenticatedUsers' }),
    after: bucketMember({ role: 'roles/storage.objectViewer', member: 'allUsers' }),
    rows: [['allUsers', 'raw', 'broadened']],
  },
  {
    name: 'a policy of a data source gets a binding',
    before: {
      '@data': { google_iam_policy: { p: { binding: [{ role: viewer, members: [a] }] } } },
      google_project_iam_policy: {
        p: { project: 'p', policy_data: '${data.google_iam_policy.p.policy_data}' },
      },
    },
    after: {
      '@data': {
        google_iam_policy: {
          p: {
            binding: [
              { role: viewer, members: [a] },
              { role: 'roles/owner', members: ['user:b@x.com'] },
            ],
          },
        },
      },
      google_project_iam_policy: {
        p: { project: 'p', policy_data: '${data.google_iam_policy.p.policy_data}' },
      },
    },
    rows: [['user:b@x.com', 'project p', 'broadened']],
  },
  {
    name: 'a policy is written out instead of made by a data source',
    before: {
      '@data': { google_iam_policy: { p: { binding: [{ role: viewer, members: [a] }] } } },
      google_project_iam_policy: {
        p: { project: 'p', policy_data: '${data.google_iam_policy.p.policy_data}' },
      },
    },
    after: {
      google_project_iam_policy: {
        p: { project: 'p', policy_data: JSON.stringify({ bindings: [{ members: [a], role: viewer }] }) },
      },
    },
    rows: [],
  },
  {
    name: 'a policy that only Terraform can read',
    before: { google_project_iam_policy: { p: { project: 'p', policy_data: '${file("one.json")}' } } },
    after: { google_project_iam_policy: { p: { project: 'p', policy_data: '${file("two.json")}' } } },
    rows: [
      ['one.json', 'project p', 'narrowed'],
      ['two.json', 'project p', 'broadened'],
    ],
  },
  // Conditions.
  {
    name: 'a condition is taken off',
    before: bucketMember({
      role: viewer,
      member: a,
      condition: [{ title: 't', expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' }],
    }),
    after: bucketMember({ role: viewer, member: a }),
    rows: [[a, 'raw', 'broadened']],
  },
  {
    name: 'a condition is put on',
    before: bucketMember({ role: viewer, member: a }),
    after: bucketMember({
      role: viewer,
      member: a,
      condition: [{ title: 't', expression: 'resource.name.startsWith("x")' }],
    }),
    rows: [[a, 'raw', 'narrowed']],
  },
  {
    name: 'only the title of a condition',
    before: bucketMember({ role: viewer, member: a, condition: [{ title: 't', expression: 'x == 1' }] }),
    after: bucketMember({ role: viewer, member: a, condition: [{ title: 'u', expression: 'x == 1' }] }),
    rows: [],
  },
  {
    name: 'a later end',
    before: bucketMember({
      role: viewer,
      member: a,
      condition: [{ title: 't', expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' }],
    }),
    after: bucketMember({
      role: viewer,
      member: a,
      condition: [{ title: 't', expression: "request.time < timestamp('2028-01-01T00:00:00Z')" }],
    }),
    rows: [[a, 'raw', 'broadened']],
  },
  {
    name: 'a shorter prefix',
    before: bucketMember({
      role: viewer,
      member: a,
      condition: [
        { title: 't', expression: 'resource.name.startsWith("projects/_/buckets/raw/objects/a/")' },
      ],
    }),
    after: bucketMember({
      role: viewer,
      member: a,
      condition: [{ title: 't', expression: 'resource.name.startsWith("projects/_/buckets/raw/objects/")' }],
    }),
    rows: [[a, 'raw', 'broadened']],
  },
  {
    name: 'one more demand in a condition',
    before: bucketMember({ role: viewer, member: a, condition: [{ title: 't', expression: 'f(x)' }] }),
    after: bucketMember({ role: viewer, member: a, condition: [{ title: 't', expression: 'f(x) && g(y)' }] }),
    rows: [[a, 'raw', 'narrowed']],
  },
  {
    name: 'one more way through a condition',
    before: bucketMember({ role: viewer, member: a, condition: [{ title: 't', expression: 'f(x)' }] }),
    after: bucketMember({
      role: viewer,
      member: a,
      condition: [{ title: 't', expression: '(f(x)) || g(y)' }],
    }),
    rows: [[a, 'raw', 'broadened']],
  },
  {
    name: 'a condition that nobody can compare',
    before: bucketMember({ role: viewer, member: a, condition: [{ title: 't', expression: 'f(x)' }] }),
    after: bucketMember({ role: viewer, member: a, condition: [{ title: 't', expression: 'g(y)' }] }),
    rows: [[a, 'raw', 'unknown']],
  },
  // Custom roles, identities.
  {
    name: 'a custom role gets a permission',
    before: custom(['storage.objects.get']),
    after: custom(['storage.objects.get', 'storage.objects.delete']),
    rows: [
      [a, 'project p', 'broadened'],
      ['loader', 'google_project_iam_custom_role.loader', 'broadened'],
    ],
  },
  {
    name: 'a custom role in another order',
    before: custom(['a.b.c', 'd.e.f']),
    after: custom(['d.e.f', 'a.b.c']),
    rows: [],
  },
  {
    name: 'a pod may act as an account',
    before: account,
    after: {
      ...account,
      google_service_account_iam_member: {
        wi: {
          service_account_id: '${google_service_account.loader.name}',
          role: 'roles/iam.workloadIdentityUser',
          member: 'serviceAccount:p.svc.id.goog[airflow/worker]',
        },
      },
    },
    rows: [['p.svc.id.goog[airflow/worker]', 'loader@p.iam.gserviceaccount.com', 'broadened']],
  },
  {
    name: 'an account under another name in Terraform',
    before: {
      ...account,
      google_project_iam_member: {
        one: { project: 'p', role: viewer, member: '${google_service_account.loader.member}' },
      },
    },
    after: {
      google_service_account: { writer: { account_id: 'loader', project: 'p' } },
      google_project_iam_member: {
        one: { project: 'p', role: viewer, member: 'serviceAccount:${google_service_account.writer.email}' },
      },
      '@moved': [{ from: 'google_service_account.loader', to: 'google_service_account.writer' }],
    },
    rows: [],
  },
  {
    name: 'a key is made',
    before: account,
    after: {
      ...account,
      google_service_account_key: { k: { service_account_id: '${google_service_account.loader.name}' } },
    },
    rows: [['the key', 'google_service_account_key.k', 'broadened']],
  },
  {
    name: 'a provider of a pool lets others in',
    before: {
      google_iam_workload_identity_pool_provider: {
        gh: {
          workload_identity_pool_id: 'ci',
          workload_identity_pool_provider_id: 'gh',
          attribute_condition: 'assertion.repository == "x/y"',
        },
      },
    },
    after: {
      google_iam_workload_identity_pool_provider: {
        gh: {
          workload_identity_pool_id: 'ci',
          workload_identity_pool_provider_id: 'gh',
          attribute_condition: 'true',
        },
      },
    },
    rows: [['', 'gh', 'unknown']],
  },
  // Other levels.
  ...(
    [
      [
        'google_secret_manager_secret_iam_member',
        { secret_id: 'token' },
        'roles/secretmanager.secretAccessor',
        'token',
      ],
      [
        'google_artifact_registry_repository_iam_member',
        { repository: 'images', location: 'eu' },
        'roles/artifactregistry.writer',
        'images',
      ],
      [
        'google_kms_crypto_key_iam_member',
        { crypto_key_id: 'projects/p/locations/eu/keyRings/r/cryptoKeys/k' },
        'roles/cloudkms.cryptoKeyDecrypter',
        'r/k',
      ],
      ['google_pubsub_topic_iam_member', { topic: 'events' }, 'roles/pubsub.publisher', 'events'],
      [
        'google_iap_web_backend_service_iam_member',
        { web_backend_service: 'airflow' },
        'roles/iap.httpsResourceAccessor',
        'airflow',
      ],
      ['google_cloud_run_v2_service_iam_member', { name: 'api', location: 'eu' }, 'roles/run.invoker', 'api'],
      ['google_folder_iam_member', { folder: 'folders/12' }, 'roles/viewer', '12'],
      ['google_bigquery_dataset_iam_member', { dataset_id: 'raw' }, 'roles/bigquery.dataViewer', 'raw'],
    ] as const
  ).map(([type, on, role, name]): AccessPair => ({
    name: `everybody is given ${role} by ${type}`,
    before: { [type]: { one: { ...on, role, member: a } } },
    after: { [type]: { one: { ...on, role, member: a }, two: { ...on, role, member: 'allUsers' } } },
    rows: [['allUsers', name, 'broadened']],
  })),
  {
    name: 'a dataset is shown to a domain',
    before: {
      google_bigquery_dataset: {
        d: { dataset_id: 'd', access: [{ role: 'OWNER', user_by_email: 'a@x.com' }] },
      },
    },
    after: {
      google_bigquery_dataset: {
        d: {
          dataset_id: 'd',
          access: [
            { role: 'OWNER', user_by_email: 'a@x.com' },
            { role: 'READER', domain: 'x.com' },
          ],
        },
      },
    },
    rows: [['domain:x.com', 'd', 'broadened']],
  },
  {
    name: 'a list of an object',
    before: {},
    after: { google_storage_bucket_acl: { b: { bucket: 'raw', predefined_acl: 'publicRead' } } },
    rows: [['allUsers', 'raw', 'broadened']],
  },
  {
    name: 'the same key in another ring is another key',
    before: {
      google_kms_crypto_key_iam_member: {
        one: { crypto_key_id: 'projects/p/locations/eu/keyRings/r/cryptoKeys/k', role: viewer, member: a },
      },
    },
    after: {
      google_kms_crypto_key_iam_member: {
        one: { crypto_key_id: 'projects/p/locations/eu/keyRings/s/cryptoKeys/k', role: viewer, member: a },
      },
    },
    rows: [
      [a, 'r/k', 'narrowed'],
      [a, 's/k', 'broadened'],
    ],
  },
  // Firewalls.
  {
    name: 'a range grows',
    before: rule({}),
    after: rule({ source_ranges: ['0.0.0.0/0'] }),
    rows: [['', 'network p/main', 'broadened']],
  },
  {
    name: 'a range is cut in halves',
    before: rule({}),
    after: rule({ source_ranges: ['10.128.0.0/9', '10.0.0.0/9'] }),
    rows: [],
  },
  {
    name: 'a port more',
    before: rule({}),
    after: rule({ allow: [{ protocol: 'tcp', ports: ['22-23'] }] }),
    rows: [['10.0.0.0/8', 'google_compute_firewall.one', 'broadened']],
  },
  {
    name: 'a rule that a denial keeps from doing anything',
    before: deny,
    after: {
      google_compute_firewall: { ...deny.google_compute_firewall, ...rule({}).google_compute_firewall },
    },
    rows: [],
  },
  {
    name: 'the denial goes',
    before: {
      google_compute_firewall: { ...deny.google_compute_firewall, ...rule({}).google_compute_firewall },
    },
    after: rule({}),
    rows: [['10.0.0.0/8', 'google_compute_firewall.no', 'broadened']],
  },
  {
    name: 'a rule comes before the denial',
    before: {
      google_compute_firewall: { ...deny.google_compute_firewall, ...rule({}).google_compute_firewall },
    },
    after: {
      google_compute_firewall: {
        ...deny.google_compute_firewall,
        ...rule({ priority: 50 }).google_compute_firewall,
      },
    },
    rows: [['10.0.0.0/8', 'network p/main', 'broadened']],
  },
  {
    name: 'a rule is switched on',
    before: rule({ disabled: true }),
    after: rule({ disabled: false }),
    rows: [['10.0.0.0/8', 'network p/main', 'broadened']],
  },
  {
    name: 'a rule loses its tag',
    before: rule({ target_tags: ['bastion'] }),
    after: rule({}),
    rows: [['10.0.0.0/8', 'machines without a tag', 'broadened']],
  },
  {
    name: 'a denial of what goes out is taken off',
    before: {
      google_compute_firewall: {
        out: {
          network: 'main',
          project: 'p',
          direction: 'EGRESS',
          destination_ranges: ['0.0.0.0/0'],
          deny: [{ protocol: 'all' }],
        },
      },
    },
    after: {},
    rows: [['0.0.0.0/0', 'outgoing', 'broadened']],
  },
  {
    name: 'only a log of a rule',
    before: rule({}),
    after: rule({ log_config: [{ metadata: 'INCLUDE_ALL_METADATA' }] }),
    rows: [],
  },
  // Settings.
  {
    name: 'a network is authorized at a database',
    before: sql({ ipv4_enabled: true, authorized_networks: [{ value: '203.0.113.0/24' }] }),
    after: sql({
      ipv4_enabled: true,
      authorized_networks: [{ value: '203.0.113.0/24' }, { value: '0.0.0.0/0' }],
    }),
    rows: [['', 'google_sql_database_instance.main', 'broadened']],
  },
  {
    name: 'a database gets a public address',
    before: sql({ ipv4_enabled: false }),
    after: sql({ ipv4_enabled: true }),
    rows: [['IAM', 'google_sql_database_instance.main', 'broadened']],
  },
  {
    name: 'a database takes connections without encryption',
    before: sql({ ipv4_enabled: false, ssl_mode: 'ENCRYPTED_ONLY' }),
    after: sql({ ipv4_enabled: false, ssl_mode: 'ALLOW_UNENCRYPTED_AND_ENCRYPTED' }),
    rows: [['clients', 'google_sql_database_instance.main', 'broadened']],
  },
  {
    name: 'only the name of an authorized network',
    before: sql({ ipv4_enabled: true, authorized_networks: [{ name: 'a', value: '203.0.113.0/24' }] }),
    after: sql({ ipv4_enabled: true, authorized_networks: [{ name: 'b', value: '203.0.113.0/24' }] }),
    rows: [],
  },
  {
    name: 'a control plane lets one more network in',
    before: cluster(networks('10.0.0.0/8')),
    after: cluster(networks('10.0.0.0/8', '198.51.100.0/24')),
    rows: [['198.51.100.0/24', 'google_container_cluster.main', 'broadened']],
  },
  {
    name: 'the list of networks is not written any more',
    before: cluster(networks('10.0.0.0/8')),
    after: cluster({}),
    rows: [['', 'google_container_cluster.main', 'unknown']],
  },
  {
    name: 'nodes get public addresses',
    before: cluster(networks('10.0.0.0/8')),
    after: cluster({ ...networks('10.0.0.0/8'), private_cluster_config: [{ enable_private_nodes: false }] }),
    rows: [['the internet', 'google_container_cluster.main', 'broadened']],
  },
  {
    name: 'public access to a bucket is not prevented any more',
    before: {
      google_storage_bucket: { b: { name: 'b', location: 'EU', public_access_prevention: 'enforced' } },
    },
    after: {
      google_storage_bucket: { b: { name: 'b', location: 'EU', public_access_prevention: 'inherited' } },
    },
    rows: [['allUsers', 'google_storage_bucket.b', 'broadened']],
  },
  {
    name: 'a machine gets a public address',
    before: { google_compute_instance: { m: { name: 'm', network_interface: [{ network: 'main' }] } } },
    after: {
      google_compute_instance: {
        m: { name: 'm', network_interface: [{ network: 'main', access_config: [{}] }] },
      },
    },
    rows: [['the internet', 'google_compute_instance.m', 'broadened']],
  },
  {
    name: 'a service is called from everywhere',
    before: {
      google_cloud_run_v2_service: {
        s: { name: 's', location: 'eu', ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' },
      },
    },
    after: {
      google_cloud_run_v2_service: { s: { name: 's', location: 'eu', ingress: 'INGRESS_TRAFFIC_ALL' } },
    },
    rows: [
      ['the internet', 'google_cloud_run_v2_service.s', 'broadened'],
      ['load balancer', 'google_cloud_run_v2_service.s', 'broadened'],
    ],
  },
  {
    name: 'labels are nobody’s access',
    before: { google_storage_bucket: { b: { name: 'b', location: 'EU', labels: { a: 'b' } } } },
    after: { google_storage_bucket: { b: { name: 'b', location: 'EU', labels: { a: 'c' } } } },
    rows: [],
  },
  {
    name: 'an organization policy',
    before: {},
    after: {
      google_org_policy_policy: {
        p: { name: 'projects/p/policies/iam.disableServiceAccountKeyCreation', parent: 'projects/p' },
      },
    },
    rows: [['', 'google_org_policy_policy.p', 'unknown']],
  },
  {
    name: 'a module is called otherwise',
    before: { '@module': { iam: { source: './iam', members: ['a'] } } },
    after: { '@module': { iam: { source: './iam', members: ['a', 'b'] } } },
    rows: [['module', 'module.iam', 'unknown']],
  },
  {
    name: 'what Terraform leaves alone',
    before: sql({ ipv4_enabled: false }),
    after: {
      google_sql_database_instance: {
        main: {
          ...sql({ ipv4_enabled: true }).google_sql_database_instance.main,
          lifecycle: { ignore_changes: ['settings'] },
        },
      },
    },
    rows: [],
  },
];
