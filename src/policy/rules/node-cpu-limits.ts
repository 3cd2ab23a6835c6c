import { attributeRule, oneOf } from '../attributes';

export const nodeCpuLimits = attributeRule({
  id: 'TL-NODE-007',
  title: 'CPU limits are not enforced',
  severity: 'warning',
  why: 'One workload can then starve its neighbours; an unsaid value is taken for false',
  fix: 'set kubelet_config.cpu_cfs_quota to true',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/node-system-config',
  types: ['google_container_node_pool', 'google_container_cluster'],
  within: 'node_config',
  expects: {
    'kubelet_config.cpu_cfs_quota': oneOf(true),
  },
});
