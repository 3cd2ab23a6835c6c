import { oneOf } from '../attributes';
import { inContainers, podRule } from '../pods';

export const podReadOnly = podRule({
  id: 'TL-POD-004',
  title: 'A container can change its own files',
  severity: 'error',
  why: 'Malware can then settle in it',
  fix: 'set readOnlyRootFilesystem to true, and mount an emptyDir where it must write',
  see: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  finds: (pod) => inContainers(pod, { 'securityContext.readOnlyRootFilesystem': oneOf(true) }),
});
