import { attributeRule, oneOf } from '../attributes';
import { isScaledOnDemand } from '../gke';

export const nodeAutoscaling = attributeRule({
  id: 'TL-NODE-012',
  title: 'A pool spreads its nodes by chance',
  severity: 'warning',
  why: 'Nodes of one zone go together when it fails',
  fix: 'set autoscaling.location_policy to BALANCED, or ANY for Spot',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/cluster-autoscaler',
  types: ['google_container_node_pool'],
  when: isScaledOnDemand,
  expects: {
    'autoscaling.location_policy': oneOf('BALANCED'),
  },
});
