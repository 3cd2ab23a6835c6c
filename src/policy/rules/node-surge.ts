import { attributeRule, said } from '../attributes';
import { isSurge } from '../gke';

export const nodeSurge = attributeRule({
  id: 'TL-NODE-011',
  title: 'How many nodes go at once is not said',
  severity: 'warning',
  why: 'The provider then takes what the pool happens to have',
  fix: 'set max_surge to at least 1 and max_unavailable to 0',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies',
  types: ['google_container_node_pool'],
  when: isSurge,
  expects: {
    'upgrade_settings.max_surge': said,
    'upgrade_settings.max_unavailable': said,
  },
});
