import { attributeRule, said } from '../attributes';

export const secretLabels = attributeRule({
  id: 'TL-SEC-005',
  title: 'A secret has no labels',
  severity: 'warning',
  why: 'Nobody can tell whose it is',
  fix: 'set labels',
  see: 'https://cloud.google.com/secret-manager/docs/creating-and-managing-labels',
  types: ['google_secret_manager_secret'],
  expects: {
    labels: said,
  },
});
