import { attributeRule, oneOf } from '../attributes';

export const gkePrivateNodes = attributeRule({
  id: 'TL-GKE-001',
  title: 'Nodes have public addresses',
  severity: 'error',
  why: 'A node with a public address can be attacked from the internet',
  fix: 'set private_cluster_config.enable_private_nodes to true',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation',
  types: ['google_container_cluster'],
  expects: {
    'private_cluster_config.enable_private_nodes': oneOf(true),
  },
});
