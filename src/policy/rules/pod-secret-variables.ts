import { podRule } from '../pods';
import { textOf, treesOf, valueAt } from '../tree';

export const podSecretVariables = podRule({
  id: 'TL-POD-019',
  title: 'A secret is given as a variable',
  severity: 'info',
  why: 'Variables are inherited by child processes and end up in crash reports',
  fix: 'mount it as a file',
  see: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  finds: (pod) =>
    pod.containers.flatMap(({ path, body }) => [
      ...treesOf(body.env)
        .filter((variable) => valueAt(variable, 'valueFrom.secretKeyRef') !== undefined)
        .map(({ name }) => ({
          path: `${path}.env[${textOf(name)}]`,
          found: 'a secretKeyRef',
          wanted: 'a file',
        })),
      ...treesOf(body.envFrom)
        .filter(({ secretRef }) => secretRef !== undefined)
        .map(() => ({ path: `${path}.envFrom`, found: 'a secretRef', wanted: 'files' })),
    ]),
});
