import { attributeRule, oneOf, said } from '../attributes';
import { isStandardRepository } from '../conditions';

export const registryCleanup = attributeRule({
  id: 'TL-GAR-001',
  title: 'Old artifacts are never cleaned up',
  severity: 'warning',
  why: 'Images pile up, with their holes and their costs',
  fix: 'write cleanup_policies, and set cleanup_policy_dry_run to false',
  see: 'https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy',
  types: ['google_artifact_registry_repository'],
  when: isStandardRepository,
  expects: {
    cleanup_policy_dry_run: oneOf(false),
    cleanup_policies: said,
  },
});
