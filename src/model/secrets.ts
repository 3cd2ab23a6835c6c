import type { ConfigPath } from '../config/problem';
import type { SecretConfig } from '../config/schema/secrets';
import { resolveAccess } from './members';
import type { Secret, SecretValue } from './platform';
import type { Scope } from './scope';
import { compare, secretDefaults, secretId, sortedEntries, sortedValues } from './scope';

/** Adds the declared secrets to the scope; who reads them is gathered with the workloads. */
export function resolveSecrets(scope: Scope): void {
  for (const [key, secret] of sortedEntries(scope.config.secrets)) {
    const origin = ['secrets', key];
    if (key.startsWith('tapline-')) {
      scope.problems.add({
        path: origin,
        at: 'key',
        message: 'names that begin with tapline- are taken for secrets that the platform makes itself',
        found: key,
        allowed: 'another name',
        fix: `for example ${key.slice('tapline-'.length) || 'tap-secrets'}`,
      });
    }
    secret.namespaces?.forEach((namespace, i) => {
      scope.problems.reference(
        [...origin, 'namespaces', i],
        namespace,
        'namespace',
        ['namespaces'],
        scope.namespaces,
      );
    });
    if (secret.namespaces === undefined && scope.namespaces.size > 1) {
      scope.problems.add({
        path: origin,
        message: 'with several namespaces, a secret must say which of them may use it',
        allowed: [...scope.namespaces.keys()].join(', '),
        fix: `add namespaces: [${[...scope.namespaces.keys()][0] ?? ''}]`,
        dependsOn: [['namespaces']],
      });
    }
    const namespaces = [...(secret.namespaces ?? scope.namespaces.keys())].sort(compare);
    scope.secrets.set(key, {
      key,
      values: resolveValues(scope, key, secret, namespaces),
      namespaces,
      readers: [],
      ...secretDefaults(scope.config),
      regions: [...(secret.regions ?? [])].sort(compare),
      rotation: resolveRotation(scope, secret, origin),
      destroyTtlDays: secret.destroyTtlDays,
      deletionProtection: secret.deletionProtection ?? scope.config.production,
      origin,
    });
  }
}

/** The values by key: one each, or one for each namespace. */
function resolveValues(
  scope: Scope,
  secret: string,
  { keys, perNamespace }: SecretConfig,
  namespaces: readonly string[],
): SecretValue[] {
  return [...keys].sort(compare).flatMap((key) =>
    (perNamespace ? namespaces : [null]).map((namespace) => ({
      key,
      namespace,
      secretId: secretId(scope, secret, ...(namespace === null ? [] : [namespace]), key),
      source: 'person',
      format: 'alphanumeric',
      origin: ['secrets', secret, 'keys', keys.indexOf(key)],
    })),
  );
}

/** The secrets with those who may read them beside the workloads. Call it after the workloads. */
export function withSecretAccess(scope: Scope): Secret[] {
  return sortedValues(scope.secrets).map((secret) => {
    const path = [...secret.origin, 'readers'];
    const members = scope.config.secrets[secret.key]?.readers ?? [];
    const access = resolveAccess(scope, members, path, 'roles/secretmanager.secretAccessor');
    return { ...secret, access };
  });
}

function resolveRotation(scope: Scope, { rotation }: SecretConfig, origin: ConfigPath): Secret['rotation'] {
  if (rotation === undefined) return null;
  const path = [...origin, 'rotation', 'topic'];
  const topic = scope.topics.use(rotation.topic, path, 'secrets', 'a rotation notice');
  return topic === undefined ? null : { periodDays: rotation.periodDays, ...topic };
}
