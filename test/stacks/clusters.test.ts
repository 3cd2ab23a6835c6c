import { synthStacks } from '../../stacks';
import { everything, platformOf } from './platform-fixture';
import { type Resource, resourcesOf } from './terraform';

const base = '{ version: 1, name: acme, google: { project: acme-data, region: us-west1 }';
const everywhere = resourcesOf(synthStacks(platformOf(everything)));
const named = (address: string, resources: readonly Resource[] = everywhere) =>
  resources.find((resource) => resource.address === address)?.values;

describe('further clusters', () => {
  it('share the subnet of the nodes and have ranges of their own in it', () => {
    expect(named('google_compute_subnetwork.platform')).toHaveProperty(
      'secondary_ip_range',
      expect.arrayContaining([
        { range_name: 'pods-runner', ip_cidr_range: '10.82.0.0/17' },
        { range_name: 'services-runner', ip_cidr_range: '10.83.0.0/20' },
      ]),
    );
    expect(named('google_container_cluster.runner')).toMatchObject({
      name: 'everything-runner',
      subnetwork: named('google_container_cluster.platform')?.subnetwork,
      ip_allocation_policy: {
        cluster_secondary_range_name: 'pods-runner',
        services_secondary_range_name: 'services-runner',
      },
    });
  });

  it('may be in one zone, with their nodes', () => {
    expect(named('google_container_cluster.runner')).toHaveProperty('location', 'us-west1-a');
    expect(named('google_container_cluster.runner')).not.toHaveProperty('node_locations');
    expect(named('google_container_node_pool.runner_main')).toMatchObject({
      location: 'us-west1-a',
      node_locations: ['us-west1-a'],
      initial_node_count: 1,
    });
  });

  it('have service accounts of their own for their nodes', () => {
    expect(named('google_container_node_pool.runner_main')).toHaveProperty(
      'node_config.service_account',
      'everything-nodes-runner@analysis-1.iam.gserviceaccount.com',
    );
  });

  it('may be Autopilot, without pools and with the service account of its nodes', () => {
    const cluster = named('google_container_cluster.autopilot');
    const account = named('google_service_account.nodes-autopilot')?.account_id;
    expect(cluster).toMatchObject({
      enable_autopilot: true,
      location: 'us-west1',
      cluster_autoscaling: {
        auto_provisioning_defaults: {
          service_account: `${String(account)}@analysis-1.iam.gserviceaccount.com`,
        },
      },
    });
    expect(everywhere.some(({ address }) => address.startsWith('google_container_node_pool.autopilot'))).toBe(
      false,
    );
  });
});

describe('a node pool', () => {
  it('acts as a service account of its own where it asks for one', () => {
    const account = named('google_service_account.nodes-platform--scratch')?.account_id;
    expect(named('google_container_node_pool.scratch')).toHaveProperty(
      'node_config.service_account',
      `${String(account)}@analysis-1.iam.gserviceaccount.com`,
    );
    expect(named('google_project_iam_member.nodes-platform--scratch_artifactregistry-reader')).toBeDefined();
  });

  it('gets what it asks for', () => {
    expect(named('google_container_node_pool.scratch')).toMatchObject({
      max_pods_per_node: 32,
      upgrade_settings: { strategy: 'BLUE_GREEN' },
      node_config: { ephemeral_storage_local_ssd_config: { local_ssd_count: 1 }, tags: ['bastion'] },
    });
  });
});

describe('a backup plan', () => {
  it('is made for the clusters that ask for one, whose agent runs then', () => {
    expect(named('google_gke_backup_backup_plan.platform')).toMatchObject({
      location: 'us-west1',
      cluster: 'projects/analysis-1/locations/us-west1/clusters/everything',
      backup_schedule: { cron_schedule: '30 1 * * *' },
      retention_policy: { backup_retain_days: 30, backup_delete_lock_days: 7 },
      depends_on: ['google_container_cluster.platform'],
    });
    expect(named('google_container_cluster.platform')).toHaveProperty(
      'addons_config.gke_backup_agent_config.enabled',
      true,
    );
    expect(named('google_gke_backup_backup_plan.autopilot')).toBeDefined();
    expect(named('google_project_service.gkebackup')).toBeDefined();
  });

  it('is not made where nobody asks for one, nor is its API enabled', () => {
    const bare = resourcesOf(synthStacks(platformOf(`${base} }`)));
    expect(bare.filter(({ type }) => type === 'google_gke_backup_backup_plan')).toEqual([]);
    expect(named('google_project_service.gkebackup', bare)).toBeUndefined();
    expect(named('google_container_cluster.platform', bare)).not.toHaveProperty(
      'addons_config.gke_backup_agent_config',
    );
  });
});

it('tells upgrades to a topic of the platform', () => {
  const resources = resourcesOf(
    synthStacks(platformOf(`${base}, topics: { upgrades: {} }, cluster: { notifications: upgrades } }`)),
  );
  expect(named('google_container_cluster.platform', resources)).toHaveProperty('notification_config.pubsub', {
    enabled: true,
    topic: 'projects/acme-data/topics/acme-upgrades',
  });
});

describe('the edges of the network', () => {
  it('has static addresses of both scopes', () => {
    expect(named('google_compute_address.airflow-west')).toMatchObject({
      name: 'airflow-west',
      region: 'us-west1',
      address_type: 'EXTERNAL',
    });
    expect(named('google_compute_global_address.web')).toMatchObject({ name: 'everything-web' });
    expect(named('google_compute_global_address.web')).not.toHaveProperty('region');
  });

  it('peers with other networks, and exchanges routes as asked', () => {
    expect(named('google_compute_network_peering.hub')).toMatchObject({
      network: '${google_compute_network.platform.id}',
      peer_network: 'projects/shared-1/global/networks/hub',
      export_custom_routes: true,
      import_custom_routes: true,
    });
  });

  it('peers after Cloud SQL has: Google changes one peering of a network at a time', () => {
    expect(named('google_compute_network_peering.hub')?.depends_on).toEqual([
      'google_service_networking_connection.platform',
    ]);
  });

  it('lets pods in on the other side of a peering, in the project that it belongs to', () => {
    const rule = named('google_compute_firewall.pods-to-hub');
    expect(rule).toMatchObject({
      project: 'shared-1',
      network: 'projects/shared-1/global/networks/hub',
      direction: 'INGRESS',
      source_ranges: ['10.66.0.0/15'],
      target_tags: ['postgres'],
      allow: [{ protocol: 'tcp', ports: ['5432'] }],
    });
    expect(rule).not.toHaveProperty('target_service_accounts');
    expect(named('google_compute_firewall.bastion')).toMatchObject({ project: 'analysis-1' });
  });

  it('has rules for the nodes of all clusters, once their service accounts exist', () => {
    const rule = named('google_compute_firewall.admission');
    expect(rule).toMatchObject({
      direction: 'INGRESS',
      source_ranges: ['10.64.0.0/14'],
      allow: [{ protocol: 'tcp', ports: ['8443', '9000-9010'] }],
    });
    expect(rule?.target_service_accounts).toHaveLength(4);
    expect(rule?.depends_on).toEqual(
      expect.arrayContaining([
        'google_service_account.nodes-autopilot',
        'google_service_account.nodes-platform',
        'google_service_account.nodes-platform--scratch',
        'google_service_account.nodes-runner',
      ]),
    );
  });

  it('has rules for machines with a tag, and rules that deny', () => {
    expect(named('google_compute_firewall.bastion')).toMatchObject({
      target_tags: ['bastion'],
      priority: 900,
    });
    expect(named('google_compute_firewall.bastion')).not.toHaveProperty('target_service_accounts');
    expect(named('google_compute_firewall.no-smtp')).toMatchObject({
      direction: 'EGRESS',
      destination_ranges: ['0.0.0.0/0'],
      deny: [{ protocol: 'tcp', ports: ['25'] }],
    });
  });

  it('has a subnet for proxies, the fourth sixteenth, only where it is asked for', () => {
    expect(named('google_compute_subnetwork.platform_proxy-only')).toMatchObject({
      ip_cidr_range: '10.64.192.0/18',
      purpose: 'REGIONAL_MANAGED_PROXY',
      role: 'ACTIVE',
    });
    const bare = resourcesOf(synthStacks(platformOf(`${base} }`)));
    expect(named('google_compute_subnetwork.platform_proxy-only', bare)).toBeUndefined();
  });
});
