import { attributeRule, oneOf } from '../attributes';

export const secretDeletion = attributeRule({
  id: 'TL-SEC-007',
  title: 'A production secret can be destroyed',
  severity: 'warning',
  why: 'One wrong plan takes it away from everything that reads it',
  fix: 'set deletion_protection to true',
  see: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/secret_manager_secret#deletion_protection',
  types: ['google_secret_manager_secret'],
  when: (_, context) => context.production === true,
  expects: { deletion_protection: oneOf(true) },
});
