import { objectRule } from '../objects';
import { treesOf, valueAt } from '../tree';

export const namespaceLimits = objectRule({
  id: 'TL-NS-005',
  title: 'Nothing limits what a namespace may have',
  severity: 'warning',
  why: 'A container that says nothing can take a whole node, and a Service can open a load balancer to the world',
  fix: 'add a LimitRange with defaults for containers, and a ResourceQuota that counts load balancers and node ports',
  see: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  kinds: ['Namespace'],
  finds: (resource, context) => {
    const here = (kind: string) =>
      context
        .objects(kind)
        .filter(({ unit, namespace }) => unit === resource.unit && namespace === resource.name);
    const hasDefaults = here('LimitRange').some(({ body }) =>
      treesOf(valueAt(body, 'spec.limits')).some(
        (limit) => limit.type === 'Container' && limit.default !== undefined,
      ),
    );
    const countsWays = ['services.loadbalancers', 'services.nodeports'].every((name) =>
      here('ResourceQuota').some(({ body }) => {
        const hard = valueAt(body, 'spec.hard');
        return typeof hard === 'object' && hard !== null && name in hard;
      }),
    );
    return [
      ...(hasDefaults
        ? []
        : [{ path: 'metadata.name', found: 'no defaults for containers', wanted: 'a LimitRange' }]),
      ...(countsWays
        ? []
        : [
            {
              path: 'metadata.name',
              found: 'no quota of load balancers and node ports',
              wanted: 'a ResourceQuota with both',
            },
          ]),
    ];
  },
});
