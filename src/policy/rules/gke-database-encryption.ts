import { attributeRule, oneOf, said } from '../attributes';

export const gkeDatabaseEncryption = attributeRule({
  id: 'TL-GKE-020',
  title: 'The encryption of Kubernetes Secrets is half set',
  severity: 'error',
  why: 'A key without the state, or the state without a key, encrypts nothing',
  fix: 'set both state: ENCRYPTED and key_name',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets',
  types: ['google_container_cluster'],
  within: 'database_encryption',
  expects: {
    state: oneOf('ENCRYPTED', 'ALL_OBJECTS_ENCRYPTION_ENABLED'),
    key_name: said,
  },
});
