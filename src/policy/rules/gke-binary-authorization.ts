import { attributeRule, oneOf } from '../attributes';

export const gkeBinaryAuthorization = attributeRule({
  id: 'TL-GKE-010',
  title: 'Images are not checked before they run',
  severity: 'warning',
  why: 'Without Binary Authorization any image may run',
  fix: 'set binary_authorization.evaluation_mode to PROJECT_SINGLETON_POLICY_ENFORCE',
  see: 'https://cloud.google.com/binary-authorization/docs/overview',
  types: ['google_container_cluster'],
  expects: {
    'binary_authorization.evaluation_mode': oneOf('PROJECT_SINGLETON_POLICY_ENFORCE'),
  },
});
