import { said } from '../attributes';
import { inContainers, podRule } from '../pods';

export const podResources = podRule({
  id: 'TL-POD-011',
  title: 'A container has no requests or limits',
  severity: 'error',
  why: 'It can starve its neighbours, and is the first to be killed',
  fix: 'write requests and limits of cpu, memory and ephemeral-storage',
  see: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  finds: (pod) =>
    inContainers(pod, {
      'resources.requests.cpu': said,
      'resources.requests.memory': said,
      'resources.requests.ephemeral-storage': said,
      'resources.limits.cpu': said,
      'resources.limits.memory': said,
      'resources.limits.ephemeral-storage': said,
    }),
});
