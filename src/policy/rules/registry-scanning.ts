import { attributeRule, oneOf } from '../attributes';
import { isDockerRepository } from '../conditions';

export const registryScanning = attributeRule({
  id: 'TL-GAR-002',
  title: 'Images are not scanned',
  severity: 'warning',
  why: 'Nobody is told of known holes in what runs',
  fix: 'set vulnerability_scanning_config.enablement_config to INHERITED',
  see: 'https://cloud.google.com/artifact-registry/docs/analysis',
  types: ['google_artifact_registry_repository'],
  when: isDockerRepository,
  expects: {
    'vulnerability_scanning_config.enablement_config': oneOf('INHERITED'),
  },
});
