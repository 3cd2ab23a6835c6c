import { podRule } from '../pods';
import { shown, textOf } from '../tree';

export const podImageDigest = podRule({
  id: 'TL-POD-014',
  title: 'An image is named by a tag',
  severity: 'info',
  why: 'A tag can be moved to another image',
  fix: 'run tapline images lock',
  see: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  finds: (pod) =>
    pod.containers
      .filter(({ body }) => !textOf(body.image).includes('@sha256:'))
      .map(({ path, body }) => ({
        path: `${path}.image`,
        found: shown(body.image),
        wanted: 'IMAGE@sha256:…',
      })),
});
