import { GkeBackupPlan, GkeCluster, type GkeClusterProps } from '../../src/google';
import { type Block, project, resourceOf } from './support';

const props: GkeClusterProps = {
  project,
  name: 'acme',
  location: 'us-west1',
  autopilot: true,
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
    (stack) => new GkeCluster(stack, 'platform', { ...props, ...more }),
  ) ?? {};

describe('an Autopilot cluster', () => {
  // ConflictsWith enable_autopilot in the provider: whichever stands beside it is an error before anything is planned.
  it.each([
    'addons_config.network_policy_config',
    'addons_config.dns_cache_config',
    'cluster_autoscaling.enabled',
    'cluster_autoscaling.resource_limits',
    'default_max_pods_per_node',
    'enable_intranode_visibility',
    'enable_shielded_nodes',
    'initial_node_count',
    'network_policy',
    'node_config',
    'node_locations',
    'node_pool',
    'remove_default_node_pool',
  ])('says nothing of %s, which the provider refuses beside it', (argument) => {
    expect(cluster({ backupAgent: true })).not.toHaveProperty(argument);
  });

  it('runs its nodes as the service account that it is given, without the anonymous port of the kubelet', () => {
    expect(cluster()).toMatchObject({
      enable_autopilot: true,
      cluster_autoscaling: {
        auto_provisioning_defaults: { service_account: 'nodes@analysis-1.iam.gserviceaccount.com' },
      },
      node_pool_auto_config: { node_kubelet_config: { insecure_kubelet_readonly_port_enabled: 'FALSE' } },
    });
  });

  it('is private and hardened like the others', () => {
    expect(cluster()).toMatchObject({
      private_cluster_config: { enable_private_nodes: true, enable_private_endpoint: true },
      control_plane_endpoints_config: { ip_endpoints_config: { enabled: false } },
      workload_identity_config: { workload_pool: 'analysis-1.svc.id.goog' },
      binary_authorization: { evaluation_mode: 'PROJECT_SINGLETON_POLICY_ENFORCE' },
      datapath_provider: 'ADVANCED_DATAPATH',
      gateway_api_config: { channel: 'CHANNEL_STANDARD' },
      deletion_protection: true,
    });
  });

  it('is not what a cluster is that says nothing of it: the provider takes even false for a conflict', () => {
    const { autopilot, ...standard } = props;
    expect(autopilot).toBe(true);
    const made = resourceOf(
      'google_container_cluster',
      'platform',
      (stack) => new GkeCluster(stack, 'platform', standard),
    );
    expect(made).not.toHaveProperty('enable_autopilot');
  });
});

describe('a cluster', () => {
  it('has a Gateway controller', () => {
    expect(cluster({ autopilot: false })).toHaveProperty('gateway_api_config.channel', 'CHANNEL_STANDARD');
  });

  it('rests in the times that it is told', () => {
    const winter = { name: 'winter', start: '2026-12-20T00:00:00Z', end: '2027-01-04T00:00:00Z' };
    const excluded = cluster({ maintenanceExclusions: [{ ...winter, scope: 'NO_MINOR_UPGRADES' }] });
    expect(excluded).toHaveProperty('maintenance_policy.maintenance_exclusion', [
      {
        exclusion_name: 'winter',
        start_time: '2026-12-20T00:00:00Z',
        end_time: '2027-01-04T00:00:00Z',
        exclusion_options: { scope: 'NO_MINOR_UPGRADES' },
      },
    ]);
    expect(cluster()).not.toHaveProperty('maintenance_policy.maintenance_exclusion');
  });

  it('takes any image only where it is told to', () => {
    expect(cluster({ binaryAuthorization: false })).toHaveProperty(
      'binary_authorization.evaluation_mode',
      'DISABLED',
    );
  });

  it.each([true, false])(
    'has the agent of backups where it is asked for, Autopilot or not (%s)',
    (autopilot) => {
      const agent = 'addons_config.gke_backup_agent_config';
      expect(cluster({ autopilot, backupAgent: true })).toHaveProperty(agent, { enabled: true });
      expect(cluster({ autopilot })).not.toHaveProperty(agent);
    },
  );
});

describe('GkeBackupPlan', () => {
  const plan = (more = {}) =>
    resourceOf(
      'google_gke_backup_backup_plan',
      'platform',
      (stack) =>
        new GkeBackupPlan(stack, 'platform', {
          project,
          name: 'acme-backup',
          location: 'us-west1',
          cluster: 'projects/analysis-1/locations/us-west1/clusters/acme',
          schedule: '0 2 * * *',
          retainDays: 14,
          ...more,
        }),
    );

  it('backs up all namespaces with their volumes and without their Secrets', () => {
    expect(plan()).toMatchObject({
      backup_config: { all_namespaces: true, include_volume_data: true, include_secrets: false },
      backup_schedule: { cron_schedule: '0 2 * * *' },
      retention_policy: { backup_retain_days: 14, backup_delete_lock_days: 0 },
    });
  });

  it('takes Secrets, and a time in which nobody can delete a backup', () => {
    expect(plan({ includeSecrets: true, lockDays: 7 })).toMatchObject({
      backup_config: { include_secrets: true },
      retention_policy: { backup_delete_lock_days: 7 },
    });
  });
});
