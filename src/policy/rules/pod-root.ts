import { oneOf } from '../attributes';
import { inContainers, podRule } from '../pods';

export const podRoot = podRule({
  id: 'TL-POD-002',
  title: 'A container may run as root',
  severity: 'error',
  why: 'Root in a container is one hole of the kernel away from root on the node',
  fix: 'set runAsNonRoot to true',
  see: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  finds: (pod) => inContainers(pod, { 'securityContext.runAsNonRoot': oneOf(true) }, ['runAsNonRoot']),
});
