import { atLeast, attributeRule } from '../attributes';

export const passwordStrength = attributeRule({
  id: 'TL-SEC-006',
  title: 'A generated password is short',
  severity: 'error',
  why: 'It can be guessed',
  fix: 'set length to at least 24 and a least number of lower-case letters, capitals and digits',
  see: 'https://registry.terraform.io/providers/hashicorp/random/latest/docs/ephemeral-resources/password',
  types: ['ephemeral.random_password'],
  expects: {
    length: atLeast(24),
    min_lower: atLeast(1),
    min_upper: atLeast(1),
    min_numeric: atLeast(1),
  },
});
