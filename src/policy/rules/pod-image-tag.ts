import { podRule } from '../pods';
import { shown, textOf } from '../tree';

export const podImageTag = podRule({
  id: 'TL-POD-013',
  title: 'An image has no fixed version',
  severity: 'error',
  why: 'What runs changes whenever somebody pushes',
  fix: 'name a version, or better a digest',
  see: 'https://kubernetes.io/docs/concepts/containers/images/',
  finds: (pod) =>
    pod.containers.flatMap(({ path, body }) => {
      const image = textOf(body.image);
      const last = image.split('/').at(-1) ?? '';
      return image.includes('@sha256:') || (last.includes(':') && !last.endsWith(':latest'))
        ? []
        : [
            {
              path: `${path}.image`,
              found: shown(body.image),
              wanted: 'a tag other than latest, or a digest',
            },
          ];
    }),
});
