import { podRule } from '../pods';
import { isTree } from '../tree';

const longRunning = ['Deployment', 'StatefulSet', 'DaemonSet'];
const probes = ['readinessProbe', 'livenessProbe', 'startupProbe'];

export const podProbes = podRule({
  id: 'TL-POD-012',
  title: 'Nobody asks a container whether it is well',
  severity: 'warning',
  why: 'One that hangs stays, and gets requests',
  fix: 'write a readiness, liveness or startup probe',
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
