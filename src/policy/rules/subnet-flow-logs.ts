import { atLeast, attributeRule, matching, oneOf } from '../attributes';
import { isWorkloadSubnet } from '../conditions';

export const subnetFlowLogs = attributeRule({
  id: 'TL-NET-003',
  title: 'Traffic of a subnet is not logged',
  severity: 'warning',
  why: 'Nobody can tell afterwards who talked to whom',
  fix: 'write log_config with a share of at least 0.1 and all metadata',
  see: 'https://cloud.google.com/vpc/docs/flow-logs',
  types: ['google_compute_subnetwork'],
  when: isWorkloadSubnet,
  expects: {
    'log_config.aggregation_interval': matching(/^INTERVAL_/, 'an interval such as INTERVAL_10_MIN'),
    'log_config.flow_sampling': atLeast(0.1),
    'log_config.metadata': oneOf('INCLUDE_ALL_METADATA'),
  },
});
