import { shown, textOf, textsOf, treesOf, valueAt } from '../tree';
import { notApplicable, type Rule, type Tree, type Violation, verdictOf } from '../types';

/** The public registries that Google knows. */
const known = ['DOCKER_HUB', 'PYPI', 'NPMJS', 'MAVEN_CENTRAL'];

const parts = [
  ['REMOTE_REPOSITORY', 'remote_repository_config'],
  ['VIRTUAL_REPOSITORY', 'virtual_repository_config'],
] as const;

function findings(body: Tree): Violation[] {
  const found = parts
    .filter(([mode, config]) => (body.mode === mode) !== (body[config] !== undefined))
    .map(([mode, config]) => ({
      path: 'mode',
      found: shown(body.mode),
      wanted: `${mode} with ${config}, or neither`,
    }));
  const configs = treesOf(body.remote_repository_config);
  return [
    ...found,
    ...configs.flatMap((config) =>
      Object.entries(config).flatMap(([kind, value]): Violation[] => {
        if (!kind.endsWith('_repository')) return [];
        const path = `remote_repository_config.${kind}`;
        const name = valueAt(value, 'public_repository');
        const uri = textOf(
          valueAt(value, 'custom_repository.uri') ?? valueAt(config, 'common_repository.uri'),
        );
        const isKnown = textsOf(name).some((one) => known.includes(one)) || typeof name === 'object';
        if (isKnown || uri.startsWith('https://') || kind === 'common_repository' || uri.includes('${'))
          return [];
        return [
          { path, found: shown(name), wanted: `${known.join(', ')}, or a custom_repository with https` },
        ];
      }),
    ),
  ];
}

export const registryUpstream: Rule = {
  id: 'TL-GAR-007',
  title: 'A mirror does not say what it mirrors',
  severity: 'error',
  why: 'Google refuses it, or it brings what nobody chose',
  fix: 'name the public repository, or an address with https',
  see: 'https://cloud.google.com/artifact-registry/docs/repositories/remote-overview',
  types: ['google_artifact_registry_repository'],
  checks: (resource) =>
    resource.kind === 'terraform' && resource.type === 'google_artifact_registry_repository'
      ? verdictOf(findings(resource.body))
      : notApplicable,
};
