import { attributeRule, oneOf } from '../attributes';
import { isStandard } from '../gke';

export const gkeLegacyAccess = attributeRule({
  id: 'TL-GKE-008',
  title: 'The cluster takes legacy credentials',
  severity: 'error',
  why: 'Legacy authorization and client certificates bypass IAM and cannot be revoked one by one',
  fix: 'set enable_legacy_abac and issue_client_certificate to false, in so many words',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster',
  types: ['google_container_cluster'],
  when: isStandard,
  expects: {
    enable_legacy_abac: oneOf(false),
    'master_auth.client_certificate_config.issue_client_certificate': oneOf(false),
  },
});
