import { podRule } from '../pods';
import { isTree } from '../tree';

const longRunning = ['Deployment', 'StatefulSet', 'DaemonSet'];
/** A startup probe alone asks no more once the container runs. */
const probes = ['readinessProbe', 'livenessProbe'];

export const podProbes = podRule({
  id: 'TL-POD-012',
  title: 'Nobody asks a container whether it is well',
  severity: 'warning',
  why: 'One that hangs stays, and gets requests',
  fix: 'write a readiness or a liveness probe',
  see: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  finds: (pod) =>
    pod.containers
      .filter(
        ({ body, isInit }) =>
          !isInit && (longRunning.includes(pod.owner.type) || body.restartPolicy === 'Always'),
      )
      .filter(({ body }) => !probes.some((probe) => isTree(body[probe])))
      .map(({ path }) => ({ path, found: 'no probe', wanted: probes.join(' or ') })),
});
