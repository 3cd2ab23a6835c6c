import { oneOf, said, violationsOf } from '../attributes';
import { inContainers, podRule } from '../pods';

export const podWrittenDown = podRule({
  id: 'TL-POD-020',
  title: 'The security of a pod hangs on defaults',
  severity: 'warning',
  why: 'What is not written down at both places is lost with the next container that is added',
  fix: 'write it down for the pod and for each container',
  see: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  finds: (pod) => [
    ...violationsOf(
      pod.spec,
      {
        'securityContext.runAsNonRoot': oneOf(true),
        'securityContext.seccompProfile.type': oneOf('RuntimeDefault', 'Localhost'),
      },
      `${pod.path}.`,
    ),
    ...inContainers(pod, {
      'securityContext.privileged': said,
      'securityContext.runAsNonRoot': said,
      'securityContext.runAsUser': said,
      'securityContext.runAsGroup': said,
      'securityContext.seccompProfile.type': said,
    }),
  ],
});
