import { type Expectation, including } from '../attributes';
import { inContainers, podRule } from '../pods';
import { textsOf } from '../tree';

/** The only capability that the restricted level lets a container add. */
const bindingOnly: Expectation = {
  wanted: 'NET_BIND_SERVICE at most',
  accepts: (value) => textsOf(value).every((name) => name === 'NET_BIND_SERVICE'),
};

export const podCapabilities = podRule({
  id: 'TL-POD-005',
  title: 'A container has capabilities of the kernel',
  severity: 'error',
  why: 'Each is a part of what root may do',
  fix: 'drop ALL, and add NET_BIND_SERVICE at most',
  see: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  finds: (pod) =>
    inContainers(pod, {
      'securityContext.capabilities.drop': including('ALL'),
      'securityContext.capabilities.add': bindingOnly,
    }),
});
