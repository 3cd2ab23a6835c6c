import { matching, violationsOf } from '../attributes';
import { podRule } from '../pods';

export const podServiceAccount = podRule({
  id: 'TL-POD-017',
  title: 'A pod has no identity of its own',
  severity: 'error',
  why: 'What the default service account may do, every pod of the namespace may',
  fix: 'name a service account in serviceAccountName',
  see: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
  finds: (pod) =>
    violationsOf(
      pod.spec,
      { serviceAccountName: matching(/^(?!default$)./, 'a service account of its own') },
      `${pod.path}.`,
    ),
});
