import { attributeRule, said } from '../attributes';

export const registryLabels = attributeRule({
  id: 'TL-GAR-006',
  title: 'A repository has no labels',
  severity: 'warning',
  why: 'Nobody can tell whose it is, or what it costs',
  fix: 'set labels',
  see: 'https://cloud.google.com/artifact-registry/docs/repositories/label-repos',
  types: ['google_artifact_registry_repository'],
  expects: {
    labels: said,
  },
});
