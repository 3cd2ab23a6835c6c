import { amountOf } from '../../config/quantity';
import { objectRule } from '../objects';
import { demandOf } from '../pod-demand';
import { treeAt } from '../ways';

export const namespaceQuota = objectRule({
  id: 'TL-NS-004',
  title: 'A quota is less than what the workloads of its namespace request',
  severity: 'error',
  why: 'The API server refuses their pods one by one, and some never start',
  fix: 'raise it, with room for what starts beside them, or request less',
  see: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  kinds: ['ResourceQuota'],
  finds: (resource, context) => {
    const needed = new Map<string, number>();
    for (const one of context.resources) {
      if (one.kind !== 'kubernetes' || one.unit !== resource.unit || one.namespace !== resource.namespace)
        continue;
      for (const [name, amount] of demandOf(one, context)) needed.set(name, (needed.get(name) ?? 0) + amount);
    }
    return Object.entries(treeAt(resource.body, 'spec.hard')).flatMap(([name, hard]) => {
      const wanted = needed.get(name) ?? needed.get(`requests.${name}`) ?? 0;
      return amountOf(String(hard)) + 1e-9 >= wanted
        ? []
        : [
            {
              path: `spec.hard["${name}"]`,
              found: String(hard),
              wanted: `at least ${shownAmount(name, wanted)}`,
            },
          ];
    });
  },
});

function shownAmount(name: string, amount: number): string {
  return /memory|storage/.test(name)
    ? `${Math.ceil(amount / 2 ** 20)}Mi`
    : String(Math.ceil(amount * 1000) / 1000);
}
