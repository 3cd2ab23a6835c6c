import type { Scope } from './scope';
import { compare, secretId, sortedEntries } from './scope';

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
      origin,
    });
  }
}
