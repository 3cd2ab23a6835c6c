import { oneOf, violationsOf } from '../attributes';
import { objectRule } from '../objects';

export const serviceAccountToken = objectRule({
  id: 'TL-SA-001',
  title: 'A service account gives its token to every pod',
  severity: 'error',
  why: 'A pod that does not say otherwise can then ask the API server',
  fix: 'set automountServiceAccountToken to false',
  see: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/',
  kinds: ['ServiceAccount'],
  finds: (resource) => violationsOf(resource.body, { automountServiceAccountToken: oneOf(false) }),
});
