import { attributeRule, said } from '../attributes';

export const secretRotation = attributeRule({
  id: 'TL-SEC-008',
  title: 'The notice to rotate a secret goes nowhere',
  severity: 'warning',
  why: 'Nobody is told, and the secret stays as it is',
  fix: 'name a topic beside rotation',
  see: 'https://cloud.google.com/secret-manager/docs/secret-rotation',
  types: ['google_secret_manager_secret'],
  when: ({ body }) => body.rotation !== undefined,
  expects: { topics: said },
});
