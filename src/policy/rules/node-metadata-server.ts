import { attributeRule, oneOf } from '../attributes';

export const nodeMetadataServer = attributeRule({
  id: 'TL-NODE-003',
  title: 'Pods can read the metadata of their node',
  severity: 'error',
  why: 'They can then act as the node',
  fix: 'set workload_metadata_config.mode to GKE_METADATA',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#protect_node_metadata',
  types: ['google_container_node_pool', 'google_container_cluster'],
  within: 'node_config',
  expects: {
    'workload_metadata_config.mode': oneOf('GKE_METADATA'),
  },
});
