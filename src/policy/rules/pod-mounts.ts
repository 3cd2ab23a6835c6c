import { podRule } from '../pods';
import { isTree, shown, textOf, treesOf, valueAt } from '../tree';

const kinds = ['secret', 'configMap', 'projected', 'downwardAPI', 'csi'];

export const podMounts = podRule({
  id: 'TL-POD-021',
  title: 'A container may write where secrets and settings are mounted',
  severity: 'warning',
  why: 'What is read there afterwards is not what was delivered',
  fix: 'set readOnly to true',
  see: 'https://kubernetes.io/docs/concepts/storage/volumes/#read-only-mounts',
  finds: (pod) => {
    const volumes = treesOf(pod.spec.volumes);
    const fixed = volumes
      .filter((volume) => kinds.some((kind) => volume[kind] !== undefined))
      .map(({ name }) => name);
    return [
      ...pod.containers.flatMap(({ path, body }) =>
        treesOf(body.volumeMounts)
          .filter((mount) => fixed.includes(mount.name) && mount.readOnly !== true)
          .map((mount) => ({
            path: `${path}.volumeMounts[${textOf(mount.name)}].readOnly`,
            found: shown(mount.readOnly),
            wanted: 'true',
          })),
      ),
      ...volumes
        .filter(
          ({ csi }) => isTree(csi) && textOf(csi.driver).startsWith('secrets-store') && csi.readOnly !== true,
        )
        .map((volume) => ({
          path: `${pod.path}.volumes[${textOf(volume.name)}].csi.readOnly`,
          found: shown(valueAt(volume, 'csi.readOnly')),
          wanted: 'true',
        })),
    ];
  },
});
