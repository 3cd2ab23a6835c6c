import { podRule } from '../pods';
import { shown, textOf } from '../tree';

export const podImagePull = podRule({
  id: 'TL-POD-015',
  title: 'A node may run an image that it was not given',
  severity: 'warning',
  why: 'A pod without the right to pull an image runs it where another pod pulled it',
  fix: 'set imagePullPolicy to Always, or name a digest',
  see: 'https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy',
  finds: (pod) =>
    pod.containers
      .filter(({ body }) => body.imagePullPolicy !== 'Always' && !textOf(body.image).includes('@sha256:'))
      .map(({ path, body }) => ({
        path: `${path}.imagePullPolicy`,
        found: shown(body.imagePullPolicy),
        wanted: 'Always',
      })),
});
