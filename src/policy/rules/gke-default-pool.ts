import { attributeRule, oneOf } from '../attributes';
import { isStandard } from '../gke';

export const gkeDefaultPool = attributeRule({
  id: 'TL-GKE-017',
  title: 'The default node pool stays',
  severity: 'error',
  why: 'A pool that nobody declared runs with settings that nobody chose',
  fix: 'set remove_default_node_pool to true and declare pools',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster',
  types: ['google_container_cluster'],
  when: isStandard,
  expects: {
    remove_default_node_pool: oneOf(true),
  },
});
