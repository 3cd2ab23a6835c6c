import { attributeRule } from '../attributes';
import { lastingAtLeast } from '../durations';

export const secretDestruction = attributeRule({
  id: 'TL-SEC-004',
  title: 'A destroyed version of a secret is gone at once',
  severity: 'warning',
  why: 'A mistake cannot be taken back',
  fix: 'set version_destroy_ttl, at least 86400s',
  see: 'https://cloud.google.com/secret-manager/docs/delay-destruction-of-secret-versions',
  types: ['google_secret_manager_secret'],
  expects: {
    version_destroy_ttl: lastingAtLeast(86_400),
  },
});
