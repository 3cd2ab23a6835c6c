import { attributeRule, oneOf } from '../attributes';

export const privateServices = attributeRule({
  id: 'TL-NET-009',
  title: 'The private connection cannot be destroyed',
  severity: 'warning',
  why: 'Google refuses to delete it soon after Cloud SQL used it',
  fix: 'set deletion_policy to ABANDON',
  see: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/service_networking_connection#deletion_policy',
  types: ['google_service_networking_connection'],
  expects: {
    deletion_policy: oneOf('ABANDON'),
    update_on_creation_fail: oneOf(true),
  },
});
