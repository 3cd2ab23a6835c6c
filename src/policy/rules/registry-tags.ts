import { attributeRule, oneOf } from '../attributes';
import { isStandardDockerRepository } from '../conditions';

export const registryTags = attributeRule({
  id: 'TL-GAR-003',
  title: 'A tag can be moved to another image',
  severity: 'info',
  why: 'What runs can change without a change of the configuration',
  fix: 'set docker_config.immutable_tags to true',
  see: 'https://cloud.google.com/artifact-registry/docs/docker/tag-immutability',
  types: ['google_artifact_registry_repository'],
  when: isStandardDockerRepository,
  expects: {
    'docker_config.immutable_tags': oneOf(true),
  },
});
