import { attributeRule, said } from '../attributes';
import { isStandardRepository } from '../conditions';

export const registryCleanup = attributeRule({
  id: 'TL-GAR-001',
  title: 'Old artifacts are never cleaned up',
  severity: 'warning',
  why: 'Images pile up, with their holes and their costs',
  fix: 'write cleanup_policies',
  see: 'https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy',
  types: ['google_artifact_registry_repository'],
  when: isStandardRepository,
  expects: {
    cleanup_policies: said,
  },
});
