import { attributeRule, oneOf } from '../attributes';

export const nodeManagement = attributeRule({
  id: 'TL-NODE-009',
  title: 'Nodes are not repaired and upgraded',
  severity: 'error',
  why: 'Broken nodes stay, and holes in the kubelet and the kernel stay open',
  fix: 'set auto_repair and auto_upgrade to true',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/node-auto-upgrades',
  types: ['google_container_node_pool'],
  expects: {
    'management.auto_repair': oneOf(true),
    'management.auto_upgrade': oneOf(true),
  },
});
