import { attributeRule, oneOf } from '../attributes';

export const gkeSecretManager = attributeRule({
  id: 'TL-GKE-026',
  title: 'The Secret Manager add-on is half switched on',
  severity: 'error',
  why: 'Pods that mount secrets then wait for ever',
  fix: 'set secret_manager_config.enabled to true',
  see: 'https://cloud.google.com/secret-manager/docs/secret-manager-managed-csi-component',
  types: ['google_container_cluster'],
  within: 'secret_manager_config',
  expects: { enabled: oneOf(true) },
});
