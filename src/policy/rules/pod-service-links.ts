import { oneOf, violationsOf } from '../attributes';
import { podRule } from '../pods';

export const podServiceLinks = podRule({
  id: 'TL-POD-016',
  title: 'A pod is told the address of every service',
  severity: 'warning',
  why: 'The variables that Kubernetes adds collide with those of programs',
  fix: 'set enableServiceLinks to false',
  see: 'https://kubernetes.io/docs/tutorials/services/connect-applications-service/',
  finds: (pod) => violationsOf(pod.spec, { enableServiceLinks: oneOf(false) }, `${pod.path}.`),
});
