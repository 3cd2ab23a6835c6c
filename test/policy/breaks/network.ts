import { type Break, breaksOf, gone } from '../break';

/** How each rule on the network is broken, starting from the compliant fixture. */
export const networkBreaks: readonly Break[] = [
  ...breaksOf('google_compute_network.platform', [
    ['auto_create_subnetworks', true, 'TL-NET-001'],
    ['routing_mode', gone, 'TL-NET-002'],
  ]),
  ...breaksOf('google_compute_subnetwork.platform', [
    ['log_config', gone, ['TL-NET-003', 'log_config.aggregation_interval']],
    ['log_config.aggregation_interval', gone, 'TL-NET-003'],
    ['log_config.flow_sampling', 0.01, 'TL-NET-003'],
    ['log_config.metadata', 'EXCLUDE_ALL_METADATA', 'TL-NET-003'],
    ['private_ip_google_access', false, 'TL-NET-004'],
    ['stack_type', 'IPV4_IPV6', 'TL-NET-005'],
    ['ipv6_access_type', 'EXTERNAL', 'TL-NET-005'],
  ]),
  ...breaksOf('google_compute_router_nat.platform', [
    ['log_config.enable', false, 'TL-NET-006'],
    ['log_config.filter', gone, 'TL-NET-006'],
    ['enable_dynamic_port_allocation', false, 'TL-NET-007'],
    ['enable_endpoint_independent_mapping', true, 'TL-NET-007'],
    ['max_ports_per_vm', 32, 'TL-NET-007'],
    ['min_ports_per_vm', 1, 'TL-NET-007'],
    ['nat_ip_allocate_option', 'AUTO_ONLY', 'TL-NET-010'],
    ['nat_ip_allocate_option', gone, 'TL-NET-008', 'TL-NET-010'],
    ['nat_ips', [], 'TL-NET-010'],
    ['source_subnetwork_ip_ranges_to_nat', 'ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES', 'TL-NET-008'],
  ]),
  ...breaksOf('google_service_networking_connection.platform', [
    ['deletion_policy', gone, 'TL-NET-009'],
    ['update_on_creation_fail', false, 'TL-NET-009'],
  ]),
  ...breaksOf('google_compute_firewall.health-checks', [
    ['source_ranges', [], 'TL-FW-001'],
    ['source_ranges', ['0.0.0.0/1', '128.0.0.0/1'], 'TL-FW-001'],
    ['source_ranges', ['::/0'], 'TL-FW-001'],
    ['allow.0.ports', [], ['TL-FW-004', 'allow']],
    ['log_config', gone, ['TL-FW-003', 'log_config.metadata']],
    ['direction', gone, 'TL-FW-005'],
    ['priority', gone, 'TL-FW-005'],
  ]),
  ...breaksOf('google_compute_firewall.deny-all-ingress', [
    ['log_config', gone, ['TL-FW-002', 'name'], ['TL-FW-003', 'log_config.metadata']],
    ['target_tags', ['web'], ['TL-FW-002', 'name']],
    ['source_ranges', ['0.0.0.0/1'], ['TL-FW-002', 'name']],
    ['priority', 1000, ['TL-FW-002', 'name']],
    ['deny', [{ protocol: 'tcp' }], ['TL-FW-002', 'name']],
  ]),
  ...breaksOf('google_compute_firewall.runner-to-version', [
    ['target_tags', gone, 'TL-FW-006'],
    ['allow.0.ports', gone, ['TL-FW-004', 'allow']],
    ['destination_ranges', gone, 'TL-FW-007'],
    ['destination_ranges', ['0.0.0.0/0'], 'TL-FW-007'],
    ['priority', 1000, 'TL-FW-008'],
  ]),
];
