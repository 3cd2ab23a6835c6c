import { type Break, breaksOf, gone } from '../break';

/** How each rule on nodes is broken, starting from the compliant fixture. */
export const nodeBreaks: readonly Break[] = [
  ...breaksOf('google_container_cluster.standard', [
    ['node_config.service_account', gone, 'TL-NODE-001'],
    ['node_config.image_type', 'UBUNTU_CONTAINERD', 'TL-NODE-002'],
    ['node_config.workload_metadata_config.mode', 'GCE_METADATA', 'TL-NODE-003'],
    ['node_config.shielded_instance_config.enable_secure_boot', false, 'TL-NODE-004'],
    ['node_config.shielded_instance_config.enable_integrity_monitoring', false, 'TL-NODE-004'],
    ['node_config.metadata.disable-legacy-endpoints', 'false', 'TL-NODE-005'],
    ['node_config.kubelet_config.insecure_kubelet_readonly_port_enabled', 'TRUE', 'TL-NODE-006'],
    ['node_config.kubelet_config.cpu_cfs_quota', false, 'TL-NODE-007'],
  ]),
  ...breaksOf('google_container_node_pool.main', [
    ['node_config.service_account', gone, 'TL-NODE-001'],
    ['node_config.service_account', '1-compute@developer.gserviceaccount.com', 'TL-NODE-001'],
    ['node_config.image_type', 'UBUNTU_CONTAINERD', 'TL-NODE-002'],
    ['node_config.workload_metadata_config.mode', 'GCE_METADATA', 'TL-NODE-003'],
    ['node_config.shielded_instance_config.enable_secure_boot', false, 'TL-NODE-004'],
    ['node_config.shielded_instance_config.enable_integrity_monitoring', false, 'TL-NODE-004'],
    ['node_config.metadata.disable-legacy-endpoints', gone, 'TL-NODE-005'],
    ['node_config.kubelet_config.insecure_kubelet_readonly_port_enabled', 'TRUE', 'TL-NODE-006'],
    ['node_config.kubelet_config.cpu_cfs_quota', false, 'TL-NODE-007'],
    [
      'node_config.oauth_scopes',
      ['https://www.googleapis.com/auth/cloud-platform', 'https://www.googleapis.com/auth/compute'],
      'TL-NODE-008',
    ],
    ['management.auto_repair', false, 'TL-NODE-009'],
    ['management.auto_upgrade', false, 'TL-NODE-009'],
    ['upgrade_settings.max_surge', 0, 'TL-NODE-010'],
    ['upgrade_settings.max_surge', gone, 'TL-NODE-011'],
    ['upgrade_settings.max_unavailable', 1, 'TL-NODE-010'],
    ['upgrade_settings.strategy', gone, 'TL-NODE-010'],
    ['autoscaling.location_policy', 'ANY', 'TL-NODE-012'],
    ['node_config.spot', true, ['TL-NODE-013', 'autoscaling.location_policy']],
  ]),
];
