import { podRule } from '../pods';
import { isTree, textOf, treesOf } from '../tree';

export const podScratch = podRule({
  id: 'TL-POD-009',
  title: 'Scratch space of a pod has no limit',
  severity: 'warning',
  why: 'A pod that fills the disk of its node takes its neighbours down',
  fix: 'set emptyDir.sizeLimit',
  see: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  finds: (pod) =>
    treesOf(pod.spec.volumes)
      .filter(({ emptyDir }) => isTree(emptyDir) && emptyDir.sizeLimit === undefined)
      .map((volume) => ({
        path: `${pod.path}.volumes[${textOf(volume.name)}].emptyDir.sizeLimit`,
        found: 'nothing',
        wanted: 'a size',
      })),
});
