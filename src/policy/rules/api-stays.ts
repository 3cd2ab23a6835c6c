import { attributeRule, oneOf } from '../attributes';

export const apiStays = attributeRule({
  id: 'TL-API-001',
  title: 'Destroying a stack switches an API off for everybody',
  severity: 'error',
  why: 'Other things in the project that use the API then stop',
  fix: 'set disable_on_destroy to false',
  see: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_project_service#disable_on_destroy',
  types: ['google_project_service'],
  expects: {
    disable_on_destroy: oneOf(false),
  },
});
