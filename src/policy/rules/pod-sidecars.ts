import { podRule } from '../pods';
import { isTree, shown, treesOf } from '../tree';

const probes = ['readinessProbe', 'livenessProbe', 'startupProbe'];

export const podSidecars = podRule({
  id: 'TL-POD-023',
  title: 'A sidecar would keep its pod from starting',
  severity: 'error',
  why: 'An init container that serves something and does not restart holds up all others for ever',
  fix: 'set restartPolicy to Always on the init container',
  see: 'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/',
  finds: (pod) =>
    pod.containers
      .filter(
        ({ body, isInit }) =>
          isInit && (probes.some((probe) => isTree(body[probe])) || treesOf(body.ports).length > 0),
      )
      .map(({ path, body }) => ({
        path: `${path}.restartPolicy`,
        found: shown(body.restartPolicy),
        wanted: 'Always',
      })),
});
