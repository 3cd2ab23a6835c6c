import { type Expectation, oneOf, violationsOf } from '../attributes';
import { podRule } from '../pods';
import { listOf, valueAt } from '../tree';

const withoutRoot: Expectation = {
  wanted: 'ids of 1 or more',
  accepts: (value) => listOf(value).every((id) => Number(id) > 0),
};

export const podGroups = podRule({
  id: 'TL-POD-022',
  title: 'The groups of a pod are not what they should be',
  severity: 'error',
  why: 'A further group of root opens files of root, and without a policy a large volume is walked at every start',
  fix: 'leave 0 out of supplementalGroups, and say fsGroupChangePolicy beside fsGroup',
  see: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  finds: ({ spec, path }) =>
    violationsOf(
      spec,
      {
        'securityContext.supplementalGroups': withoutRoot,
        ...(valueAt(spec, 'securityContext.fsGroup') === undefined
          ? {}
          : { 'securityContext.fsGroupChangePolicy': oneOf('OnRootMismatch', 'Always') }),
      },
      `${path}.`,
    ),
});
