import { hasSecretName } from '../../config';
import { podRule } from '../pods';
import { textOf, treesOf } from '../tree';

/** A variable, a path, nothing, or a plain switch. */
const harmless = /^(\$\(?\w+\)?|\$\{\w+\}|(\/[\w.-]+)+\/?|true|false|)$/i;

export const podSecretLiterals = podRule({
  id: 'TL-POD-018',
  title: 'A secret is written into a pod',
  severity: 'warning',
  why: 'Everybody who may look at pods reads it',
  fix: 'mount it as a file, or refer to a Secret',
  see: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  finds: (pod) =>
    pod.containers.flatMap(({ path, body }) =>
      treesOf(body.env)
        .filter(({ name, value }) => hasSecretName(textOf(name)) && !harmless.test(textOf(value)))
        .map(({ name }) => ({
          path: `${path}.env[${textOf(name)}]`,
          found: 'a literal that is not shown',
          wanted: 'a reference',
        })),
    ),
});
