import { GkeCluster, type GkeClusterProps, GkeNodePool, type GkeNodePoolProps } from '../../src/google';
import { type Block, project, resourceOf } from './support';

const clusterProps: GkeClusterProps = {
  project,
  name: 'acme',
  location: 'us-west1',
  network: 'projects/analysis-1/global/networks/acme',
  subnetwork: 'projects/analysis-1/regions/us-west1/subnetworks/acme-us-west1',
  podsRangeName: 'pods',
  servicesRangeName: 'services',
  maintenance: { start: '03:00', durationHours: 6, days: ['SA', 'SU'] },
  nodeServiceAccount: 'nodes@analysis-1.iam.gserviceaccount.com',
};
const cluster = (more: Partial<GkeClusterProps> = {}): Block =>
  resourceOf(
    'google_container_cluster',
    'platform',
    (stack) => new GkeCluster(stack, 'platform', { ...clusterProps, ...more }),
  ) ?? {};

const poolProps: GkeNodePoolProps = {
  project,
  name: 'highmem',
  cluster: 'acme',
  location: 'us-west1',
  minNodes: 1,
  maxNodes: 3,
  serviceAccount: 'nodes@analysis-1.iam.gserviceaccount.com',
};
const pool = (more: Partial<GkeNodePoolProps> = {}): Block =>
  resourceOf(
    'google_container_node_pool',
    'highmem',
    (stack) => new GkeNodePool(stack, 'highmem', { ...poolProps, ...more }),
  ) ?? {};

const hardenedNode = {
  image_type: 'COS_CONTAINERD',
  service_account: 'nodes@analysis-1.iam.gserviceaccount.com',
  metadata: { 'disable-legacy-endpoints': 'true' },
  shielded_instance_config: { enable_secure_boot: true, enable_integrity_monitoring: true },
  workload_metadata_config: { mode: 'GKE_METADATA' },
  kubelet_config: { insecure_kubelet_readonly_port_enabled: 'FALSE', cpu_cfs_quota: true },
};

describe('GkeCluster', () => {
  it('can make volumes of Filestore only where something needs them', () => {
    expect(cluster({ filestoreCsiDriver: true }).addons_config).toMatchObject({
      gcp_filestore_csi_driver_config: { enabled: true },
    });
    expect(JSON.stringify(cluster())).not.toContain('filestore');
  });

  it('has private nodes, and a control plane that is reached by its DNS endpoint only', () => {
    expect(cluster()).toMatchObject({
      private_cluster_config: { enable_private_nodes: true, enable_private_endpoint: true },
      control_plane_endpoints_config: {
        dns_endpoint_config: { allow_external_traffic: true },
        ip_endpoints_config: { enabled: false },
      },
      master_authorized_networks_config: { gcp_public_cidrs_access_enabled: false },
    });
    expect(cluster().master_authorized_networks_config).not.toHaveProperty('cidr_blocks');
  });

  it('has a public IP endpoint only where a public range is authorized', () => {
    const vpn = { displayName: 'vpn', cidr: '10.200.0.0/16' };
    const office = { displayName: 'office', cidr: '203.0.113.0/24' };
    const inside = cluster({ authorizedNetworks: [vpn] });
    const outside = cluster({ authorizedNetworks: [vpn, office] });
    for (const one of [inside, outside]) {
      expect(one).toHaveProperty('control_plane_endpoints_config.ip_endpoints_config.enabled', true);
    }
    expect(inside).toHaveProperty('private_cluster_config.enable_private_endpoint', true);
    expect(outside).toHaveProperty('private_cluster_config.enable_private_endpoint', false);
    expect(outside).toHaveProperty('master_authorized_networks_config.cidr_blocks', [
      { display_name: 'vpn', cidr_block: '10.200.0.0/16' },
      { display_name: 'office', cidr_block: '203.0.113.0/24' },
    ]);
  });

  it.each([
    ['172.16.0.0/12', true],
    ['172.32.0.0/16', false],
    ['192.168.4.0/24', true],
    ['100.64.0.0/10', true],
    ['100.128.0.0/16', false],
    ['11.0.0.0/8', false],
  ])('knows whether %s is private', (cidr, isPrivate) => {
    expect(cluster({ authorizedNetworks: [{ displayName: 'x', cidr }] })).toHaveProperty(
      'private_cluster_config.enable_private_endpoint',
      isPrivate,
    );
  });

  it('names the ranges of the subnet, so that GKE adds none', () => {
    expect(cluster()).toMatchObject({
      networking_mode: 'VPC_NATIVE',
      ip_allocation_policy: {
        cluster_secondary_range_name: 'pods',
        services_secondary_range_name: 'services',
      },
    });
  });

  it('is hardened without being asked', () => {
    expect(cluster()).toMatchObject({
      datapath_provider: 'ADVANCED_DATAPATH',
      network_policy: { enabled: false },
      enable_intranode_visibility: true,
      enable_shielded_nodes: true,
      enable_legacy_abac: false,
      master_auth: { client_certificate_config: { issue_client_certificate: false } },
      workload_identity_config: { workload_pool: 'analysis-1.svc.id.goog' },
      binary_authorization: { evaluation_mode: 'PROJECT_SINGLETON_POLICY_ENFORCE' },
      security_posture_config: { mode: 'BASIC' },
      release_channel: { channel: 'REGULAR' },
      deletion_protection: true,
    });
  });

  it('removes the first pool, which is hardened as well, and does not see the others in its place', () => {
    expect(cluster()).toMatchObject({
      remove_default_node_pool: true,
      node_config: hardenedNode,
      lifecycle: { ignore_changes: expect.arrayContaining(['node_config']) },
    });
  });

  it('settles without an IP endpoint, of which the provider sends nothing and reads something', () => {
    const unsent = ['master_authorized_networks_config', 'private_cluster_config[0].enable_private_endpoint'];
    const office = { displayName: 'office', cidr: '203.0.113.0/24' };
    expect(cluster()).toHaveProperty('lifecycle.ignore_changes', ['node_config', ...unsent]);
    expect(cluster({ autopilot: true })).toHaveProperty('lifecycle.ignore_changes', unsent);
    expect(cluster({ authorizedNetworks: [office] })).toHaveProperty('lifecycle.ignore_changes', [
      'node_config',
    ]);
    expect(cluster({ autopilot: true, authorizedNetworks: [office] })).not.toHaveProperty('lifecycle');
  });

  it('says nothing of what is not asked for', () => {
    for (const block of [
      'authenticator_groups_config',
      'database_encryption',
      'notification_config',
      'secret_manager_config',
      'node_locations',
    ]) {
      expect(cluster()).not.toHaveProperty(block);
    }
  });

  it('takes a group, a key, a topic, zones and the secret add-on', () => {
    expect(
      cluster({
        securityGroup: 'gke-security-groups@example.com',
        databaseEncryptionKey: 'projects/p/locations/l/keyRings/r/cryptoKeys/k',
        notificationTopic: 'projects/p/topics/t',
        secretManagerAddon: true,
        nodeLocations: ['us-west1-a'],
        labels: { team: 'data' },
        deletionProtection: false,
      }),
    ).toMatchObject({
      authenticator_groups_config: { security_group: 'gke-security-groups@example.com' },
      database_encryption: { state: 'ENCRYPTED', key_name: 'projects/p/locations/l/keyRings/r/cryptoKeys/k' },
      notification_config: { pubsub: { enabled: true, topic: 'projects/p/topics/t' } },
      secret_manager_config: { enabled: true },
      node_locations: ['us-west1-a'],
      resource_labels: { team: 'data' },
      deletion_protection: false,
    });
  });

  it('is maintained in a weekly window that may pass midnight, whatever the order of the days', () => {
    const window = { start: '22:30', durationHours: 8, days: ['SU', 'MO'] };
    expect(cluster({ maintenance: window })).toHaveProperty('maintenance_policy.recurring_window', {
      start_time: '2025-01-01T22:30:00Z',
      end_time: '2025-01-02T06:30:00Z',
      recurrence: 'FREQ=WEEKLY;BYDAY=MO,SU',
    });
  });

  it.each([
    ['a time that is none', { start: '25:00', durationHours: 6, days: ['SA'] }],
    ['a day that is none', { start: '03:00', durationHours: 6, days: ['SAT'] }],
    ['no day', { start: '03:00', durationHours: 6, days: [] }],
  ])('fails for a maintenance window with %s', (_, maintenance) => {
    expect(() => cluster({ maintenance })).toThrow(
      /^maintenance window: got .*expected a time such as 03:00/,
    );
  });
});

describe('GkeNodePool', () => {
  it('is hardened without being asked', () => {
    expect(pool()).toHaveProperty('node_config', expect.objectContaining(hardenedNode));
  });

  it('is repaired and upgraded, as a release channel requires', () => {
    expect(pool()).toMatchObject({
      management: { auto_repair: true, auto_upgrade: true },
      upgrade_settings: { max_surge: 1, max_unavailable: 0 },
    });
  });

  it('counts its bounds over all zones', () => {
    expect(pool({ minNodes: 2, maxNodes: 5 })).toHaveProperty('autoscaling', {
      total_min_node_count: 2,
      total_max_node_count: 5,
      location_policy: 'BALANCED',
    });
  });

  it.each([
    { minNodes: 0, maxNodes: 9, zones: undefined, first: 0 },
    { minNodes: 1, maxNodes: 3, zones: undefined, first: 1 },
    { minNodes: 1, maxNodes: 2, zones: undefined, first: 0 },
    { minNodes: 1, maxNodes: 2, zones: ['us-west1-a'], first: 1 },
    { minNodes: 4, maxNodes: 9, zones: ['us-west1-a', 'us-west1-b'], first: 2 },
  ])(
    'begins with $first nodes in each zone for $minNodes to $maxNodes in $zones',
    ({ first, zones, ...bounds }) => {
      expect(pool({ ...bounds, ...(zones === undefined ? {} : { nodeLocations: zones }) })).toMatchObject({
        initial_node_count: first,
        lifecycle: { ignore_changes: ['initial_node_count'] },
      });
    },
  );

  it('may be replaced by a second pool beside it', () => {
    expect(pool({ upgrade: { strategy: 'BLUE_GREEN', soakMinutes: 5 } })).toHaveProperty('upgrade_settings', {
      strategy: 'BLUE_GREEN',
      blue_green_settings: {
        node_pool_soak_duration: '300s',
        standard_rollout_policy: { batch_node_count: 1, batch_soak_duration: '0s' },
      },
    });
  });

  it('takes local SSDs, tags, another image, fewer pods and zones as they come', () => {
    const made = pool({
      localSsdCount: 2,
      tags: ['bastion'],
      imageType: 'UBUNTU_CONTAINERD',
      maxPodsPerNode: 32,
      locationPolicy: 'ANY',
    });
    expect(made).toMatchObject({
      max_pods_per_node: 32,
      autoscaling: { location_policy: 'ANY' },
      node_config: {
        ephemeral_storage_local_ssd_config: { local_ssd_count: 2 },
        tags: ['bastion'],
        image_type: 'UBUNTU_CONTAINERD',
      },
    });
    for (const block of ['ephemeral_storage_local_ssd_config', 'tags']) {
      expect(pool()).not.toHaveProperty(`node_config.${block}`);
    }
  });

  it('takes Spot machines wherever there are any', () => {
    expect(pool({ spot: true })).toMatchObject({
      node_config: { spot: true },
      autoscaling: { location_policy: 'ANY' },
    });
  });

  it('gives its nodes labels and taints, and a key to their disks', () => {
    const taint = { key: 'tapline.dev/pool', value: 'highmem', effect: 'NO_SCHEDULE' } as const;
    expect(
      pool({ nodeLabels: { tier: 'big' }, taints: [taint], bootDiskKmsKey: 'key', labels: { team: 'data' } }),
    ).toHaveProperty(
      'node_config',
      expect.objectContaining({
        labels: { tier: 'big' },
        taint: [taint],
        boot_disk_kms_key: 'key',
        resource_labels: { team: 'data' },
      }),
    );
    expect(pool()).not.toHaveProperty('node_config.taint');
  });

  it('fails where it must have more nodes than it may', () => {
    expect(() => pool({ minNodes: 4 })).toThrow(
      'minNodes: got 4, expected ≤ maxNodes (3); raise maxNodes or lower it',
    );
  });
});
