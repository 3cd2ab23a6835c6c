import { attributeRule, oneOf } from '../attributes';
import { isStandard } from '../gke';

export const gkeIntranodeVisibility = attributeRule({
  id: 'TL-GKE-006',
  title: 'Traffic within a node is not seen',
  severity: 'error',
  why: 'Flow logs and firewall rules miss what pods of one node say to each other',
  fix: 'set enable_intranode_visibility to true',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/intranode-visibility',
  types: ['google_container_cluster'],
  when: isStandard,
  expects: {
    enable_intranode_visibility: oneOf(true),
  },
});
