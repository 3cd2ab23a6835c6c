import { attributeRule, matching } from '../attributes';

export const gkeAuthenticatorGroups = attributeRule({
  id: 'TL-GKE-022',
  title: 'The group for role bindings is none',
  severity: 'warning',
  why: 'GKE takes one group name only, and ignores every other',
  fix: 'name gke-security-groups@DOMAIN',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/google-groups-rbac',
  types: ['google_container_cluster'],
  within: 'authenticator_groups_config',
  expects: {
    security_group: matching(/^gke-security-groups@/, 'gke-security-groups@DOMAIN'),
  },
});
