import { attributeRule, matching } from '../attributes';
import { isStandard } from '../gke';

export const gkeWorkloadIdentity = attributeRule({
  id: 'TL-GKE-007',
  title: 'Pods do not have identities of their own',
  severity: 'error',
  why: 'Without Workload Identity pods act as the node, or carry keys',
  fix: 'set workload_identity_config.workload_pool to PROJECT.svc.id.goog',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity',
  types: ['google_container_cluster'],
  when: isStandard,
  expects: {
    'workload_identity_config.workload_pool': matching(
      /^[a-z0-9.:-]+\.svc\.id\.goog$/,
      'PROJECT.svc.id.goog',
    ),
  },
});
