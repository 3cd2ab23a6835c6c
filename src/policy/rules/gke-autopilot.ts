import { attributeRule, matching, oneOf } from '../attributes';
import { isAutopilot } from '../gke';

export const gkeAutopilot = attributeRule({
  id: 'TL-GKE-027',
  title: 'What an Autopilot cluster should do is left to its defaults',
  severity: 'warning',
  why: 'A default is no decision, and it changes with the version of the provider',
  fix: 'write the arguments down; Google refuses every other value of most of them',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-overview',
  types: ['google_container_cluster'],
  when: isAutopilot,
  expects: {
    datapath_provider: oneOf('ADVANCED_DATAPATH'),
    networking_mode: oneOf('VPC_NATIVE'),
    'workload_identity_config.workload_pool': matching(/\.svc\.id\.goog$/, 'PROJECT.svc.id.goog'),
    enable_legacy_abac: oneOf(false),
    'master_auth.client_certificate_config.issue_client_certificate': oneOf(false),
    'addons_config.http_load_balancing.disabled': oneOf(false),
    'addons_config.horizontal_pod_autoscaling.disabled': oneOf(false),
    'node_pool_auto_config.node_kubelet_config.insecure_kubelet_readonly_port_enabled': oneOf('FALSE'),
  },
});
