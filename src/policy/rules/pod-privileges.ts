import { oneOf, orNothing } from '../attributes';
import { inContainers, podRule } from '../pods';

export const podPrivileges = podRule({
  id: 'TL-POD-001',
  title: 'A container may gain privileges',
  severity: 'error',
  why: 'Whoever takes it over can take the node over',
  fix: 'set allowPrivilegeEscalation to false, and never privileged',
  see: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  finds: (pod) =>
    inContainers(pod, {
      'securityContext.allowPrivilegeEscalation': oneOf(false),
      'securityContext.privileged': orNothing(oneOf(false)),
      'securityContext.procMount': orNothing(oneOf('Default')),
    }),
});
