import { attributeRule } from '../attributes';
import { cloudPlatformAlone, isAutopilot, ownServiceAccount } from '../gke';

export const gkeAutopilotNodes = attributeRule({
  id: 'TL-GKE-028',
  title: 'Nodes of Autopilot run as the default service account',
  severity: 'error',
  why: 'It may edit the whole project, and so may whoever takes over a node',
  fix: 'name a service account of its own in cluster_autoscaling.auto_provisioning_defaults',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa',
  types: ['google_container_cluster'],
  when: isAutopilot,
  expects: {
    'cluster_autoscaling.auto_provisioning_defaults.service_account': ownServiceAccount,
    'cluster_autoscaling.auto_provisioning_defaults.oauth_scopes': cloudPlatformAlone,
  },
});
