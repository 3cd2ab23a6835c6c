import { atLeast } from '../attributes';
import { inContainers, podRule } from '../pods';

export const podUserId = podRule({
  id: 'TL-POD-003',
  title: 'A container runs with a low user id',
  severity: 'error',
  why: 'Ids below 10000 may be those of users of the node',
  fix: 'set runAsUser to 10000 or more',
  see: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  finds: (pod) => inContainers(pod, { 'securityContext.runAsUser': atLeast(10_000) }, ['runAsUser']),
});
