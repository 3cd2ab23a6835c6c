import { attributeRule, oneOf } from '../attributes';
import { isSpot } from '../gke';

export const nodeAutoscalingSpot = attributeRule({
  id: 'TL-NODE-013',
  title: 'A Spot pool waits for the one zone that has none',
  severity: 'warning',
  why: 'Spot machines are to be taken where there are any',
  fix: 'set autoscaling.location_policy to ANY',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms',
  types: ['google_container_node_pool'],
  when: isSpot,
  expects: {
    'autoscaling.location_policy': oneOf('ANY'),
  },
});
