import { hasSecretName } from '../../config';
import { objectRule } from '../objects';
import { isTree } from '../tree';

export const secretObjects = objectRule({
  id: 'TL-K8S-001',
  title: 'A secret is written into a manifest',
  severity: 'error',
  why: 'Manifests are committed, copied and shown, and base64 hides nothing',
  fix: 'deliver it from Secret Manager; and change it, since it has been in a file',
  see: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  kinds: ['Secret', 'ConfigMap'],
  finds: ({ type, body }) =>
    ['data', 'stringData'].flatMap((section) => {
      const values = body[section];
      if (!isTree(values)) return [];
      return Object.entries(values)
        .filter(([name, value]) => value !== '' && (type === 'Secret' || hasSecretName(name)))
        .map(([name]) => ({
          path: `${section}["${name}"]`,
          found: 'a literal that is not shown',
          wanted: 'a reference to Secret Manager',
        }));
    }),
});
