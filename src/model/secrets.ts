import type { ConfigPath } from '../config/problem';
import type { SecretConfig } from '../config/schema/secrets';
import { resolveAccess } from './members';
import type { Secret } from './platform';
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
    scope.secrets.set(key, {
      key,
      values: [...secret.keys].sort(compare).map((name) => ({
        key: name,
        secretId: secretId(scope, key, name),
        source: 'person',
        format: 'alphanumeric',
        origin: [...origin, 'keys', secret.keys.indexOf(name)],
      })),
      namespaces: [...(secret.namespaces ?? scope.namespaces.keys())].sort(compare),
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

/** The secrets with those who may read them beside the workloads. Call it after the workloads. */
export function withSecretAccess(scope: Scope): Secret[] {
  return sortedValues(scope.secrets).map((secret) => {
    const path = [...secret.origin, 'readers'];
    const members = scope.config.secrets[secret.key]?.readers ?? [];
    const access = resolveAccess(scope, members, path, 'roles/secretmanager.secretAccessor');
    // A workload that names the secret reads it already.
    const further = access.filter(({ identity }) => identity === null || !secret.readers.includes(identity));
    return { ...secret, access: further };
  });
}

function resolveRotation(scope: Scope, { rotation }: SecretConfig, origin: ConfigPath): Secret['rotation'] {
  if (rotation === undefined) return null;
  const path = [...origin, 'rotation', 'topic'];
  const topic = scope.topics.use(rotation.topic, path, 'secrets', 'a rotation notice');
  return topic === undefined ? null : { periodDays: rotation.periodDays, ...topic };
}
