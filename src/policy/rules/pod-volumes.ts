import { podRule } from '../pods';
import { textOf, treesOf } from '../tree';

const allowed = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

export const podVolumes = podRule({
  id: 'TL-POD-008',
  title: 'A pod mounts what the restricted level forbids',
  severity: 'error',
  why: 'A path of the node leads out of the container',
  fix: 'use emptyDir, configMap, secret, csi, projected, downwardAPI, ephemeral or persistentVolumeClaim',
  see: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  finds: (pod) =>
    treesOf(pod.spec.volumes).flatMap((volume) =>
      Object.keys(volume)
        .filter((kind) => kind !== 'name' && !allowed.includes(kind))
        .map((kind) => ({
          path: `${pod.path}.volumes[${textOf(volume.name)}]`,
          found: kind,
          wanted: allowed.join(', '),
        })),
    ),
});
