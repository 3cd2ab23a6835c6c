import { oneOf, violationsOf } from '../attributes';
import { podRule } from '../pods';

export const podToken = podRule({
  id: 'TL-POD-010',
  title: 'A pod carries a token of the Kubernetes API',
  severity: 'error',
  why: 'Whoever takes it over can ask the API server',
  fix: 'set automountServiceAccountToken to false; mount a projected token where one is needed',
  see: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/',
  finds: (pod) => violationsOf(pod.spec, { automountServiceAccountToken: oneOf(false) }, `${pod.path}.`),
});
