import { attributeRule, oneOf, orNothing, said } from '../attributes';

export const gkeVpcNative = attributeRule({
  id: 'TL-GKE-004',
  title: 'The ranges of pods and services are not named',
  severity: 'error',
  why: 'GKE then adds ranges of its own to the subnet, which never settles, and firewall rules cannot name them',
  fix: 'set networking_mode to VPC_NATIVE and name both secondary ranges',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips',
  types: ['google_container_cluster'],
  expects: {
    'ip_allocation_policy.cluster_secondary_range_name': said,
    'ip_allocation_policy.services_secondary_range_name': said,
    networking_mode: orNothing(oneOf('VPC_NATIVE')),
  },
});
