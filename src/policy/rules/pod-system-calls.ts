import { oneOf } from '../attributes';
import { inContainers, podRule } from '../pods';

export const podSystemCalls = podRule({
  id: 'TL-POD-006',
  title: 'A container may call everything in the kernel',
  severity: 'error',
  why: 'Most holes of the kernel are in calls that no workload needs',
  fix: 'set seccompProfile.type to RuntimeDefault',
  see: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  finds: (pod) =>
    inContainers(pod, { 'securityContext.seccompProfile.type': oneOf('RuntimeDefault', 'Localhost') }, [
      'seccompProfile',
    ]),
});
