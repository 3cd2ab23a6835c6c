import { attributeRule } from '../attributes';
import { cloudPlatformAlone } from '../gke';

export const nodeScopes = attributeRule({
  id: 'TL-NODE-008',
  title: 'Access scopes of nodes are not what roles expect',
  severity: 'error',
  why: 'Scopes are the older and coarser way; with any but this one, roles do not say all',
  fix: 'set oauth_scopes to cloud-platform alone, and give the service account few roles',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/access-scopes',
  types: ['google_container_node_pool', 'google_container_cluster'],
  within: 'node_config',
  expects: {
    oauth_scopes: cloudPlatformAlone,
  },
});
