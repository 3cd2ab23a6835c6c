import { attributeRule, oneOf } from '../attributes';

export const registryMode = attributeRule({
  id: 'TL-GAR-004',
  title: 'The kind of a repository is not said',
  severity: 'warning',
  why: 'A remote repository brings what others publish',
  fix: 'set mode and format',
  see: 'https://cloud.google.com/artifact-registry/docs/repositories',
  types: ['google_artifact_registry_repository'],
  expects: {
    mode: oneOf('STANDARD_REPOSITORY', 'REMOTE_REPOSITORY', 'VIRTUAL_REPOSITORY'),
    format: oneOf('DOCKER', 'PYTHON', 'NPM', 'MAVEN', 'APT', 'YUM', 'GO', 'KFP', 'GENERIC'),
  },
});
