import { attributeRule, said } from '../attributes';
import { isStandard } from '../gke';

export const gkeNetworkingMode = attributeRule({
  id: 'TL-GKE-005',
  title: 'The networking mode is not said',
  severity: 'warning',
  why: 'Whether a cluster is VPC-native cannot be changed later, so it should not hang on a default',
  fix: 'write networking_mode: VPC_NATIVE',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips',
  types: ['google_container_cluster'],
  when: isStandard,
  expects: {
    networking_mode: said,
  },
});
