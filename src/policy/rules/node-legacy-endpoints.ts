import { attributeRule, oneOf } from '../attributes';

export const nodeLegacyEndpoints = attributeRule({
  id: 'TL-NODE-005',
  title: 'Nodes serve the legacy metadata endpoints',
  severity: 'error',
  why: 'These can be read by a forged request, since they want no header',
  fix: 'set metadata.disable-legacy-endpoints to true',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#protect_node_metadata',
  types: ['google_container_node_pool', 'google_container_cluster'],
  within: 'node_config',
  expects: {
    'metadata.disable-legacy-endpoints': oneOf(true),
  },
});
