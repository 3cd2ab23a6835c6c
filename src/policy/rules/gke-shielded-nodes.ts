import { attributeRule, oneOf } from '../attributes';
import { isStandard } from '../gke';

export const gkeShieldedNodes = attributeRule({
  id: 'TL-GKE-009',
  title: 'Nodes are not shielded',
  severity: 'error',
  why: 'An attacker can impersonate a node that does not prove what it is',
  fix: 'set enable_shielded_nodes to true',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes',
  types: ['google_container_cluster'],
  when: isStandard,
  expects: {
    enable_shielded_nodes: oneOf(true),
  },
});
