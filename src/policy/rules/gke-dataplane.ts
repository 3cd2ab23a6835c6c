import { attributeRule, oneOf } from '../attributes';
import { isStandard } from '../gke';

export const gkeDataplane = attributeRule({
  id: 'TL-GKE-003',
  title: 'Network policies are not enforced by Dataplane V2',
  severity: 'error',
  why: 'A NetworkPolicy that nothing enforces lets every pod reach every other',
  fix: 'set datapath_provider to ADVANCED_DATAPATH, and say that the older Calico is off',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/dataplane-v2',
  types: ['google_container_cluster'],
  when: isStandard,
  expects: {
    datapath_provider: oneOf('ADVANCED_DATAPATH'),
    'network_policy.enabled': oneOf(false),
    'addons_config.network_policy_config.disabled': oneOf(true),
  },
});
