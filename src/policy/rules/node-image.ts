import { attributeRule, oneOf } from '../attributes';

export const nodeImage = attributeRule({
  id: 'TL-NODE-002',
  title: 'Nodes do not run Container-Optimized OS',
  severity: 'warning',
  why: 'Other images are larger, and are writable where an attacker wants to write',
  fix: 'set image_type to COS_CONTAINERD',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/node-images',
  types: ['google_container_node_pool', 'google_container_cluster'],
  within: 'node_config',
  expects: {
    image_type: oneOf('COS_CONTAINERD'),
  },
});
