import { objectRule } from '../objects';
import { selects } from '../../sets/label-selector';
import { podOf } from '../pods';
import { isTree, listOf, shown, treesOf, valueAt } from '../tree';
import type { Context } from '../context';
import type { KubernetesObject, Tree } from '../types';

/** Whether a selector is one of plain labels, which is all that is judged here. */
function isPlain(selector: unknown): selector is Tree {
  return isTree(selector) && isTree(selector.matchLabels) && listOf(selector.matchExpressions).length === 0;
}

/** What a monitor chooses in its namespace: names of ports by what has them. */
function chosen(
  monitor: KubernetesObject,
  selector: Tree,
  context: Context,
): { labels: Tree; ports: Tree[] }[] {
  const here = context.resources.filter(
    (one): one is KubernetesObject =>
      one.kind === 'kubernetes' && one.namespace === monitor.namespace && one.unit === monitor.unit,
  );
  const all =
    monitor.type === 'ServiceMonitor'
      ? here
          .filter(({ type }) => type === 'Service')
          .map(({ body }) => ({
            labels: treeOf(valueAt(body, 'metadata.labels')),
            ports: [...treesOf(valueAt(body, 'spec.ports'))],
          }))
      : here.flatMap((object) => {
          const pod = podOf(object);
          return pod === undefined
            ? []
            : [{ labels: pod.labels, ports: pod.containers.flatMap(({ body }) => [...treesOf(body.ports)]) }];
        });
  return all.filter(({ labels }) => selects(selector, labels));
}

function treeOf(value: unknown): Tree {
  return isTree(value) ? value : {};
}

export const scrapeTarget = objectRule({
  id: 'TL-MON-006',
  title: 'Prometheus is told to read what is not there',
  severity: 'error',
  why: 'Nothing fails: metrics are just absent, and so are the alerts over them',
  fix: 'choose labels and a port that something in the namespace has',
  see: 'https://cloud.google.com/stackdriver/docs/managed-prometheus/setup-managed#gmp-pod-monitoring',
  kinds: ['PodMonitoring', 'PodMonitor', 'ServiceMonitor'],
  finds: (monitor, context) => {
    const selector = valueAt(monitor.body, 'spec.selector');
    // Elsewhere, or by expressions, it may choose what this output does not hold.
    if (!isPlain(selector) || valueAt(monitor.body, 'spec.namespaceSelector') !== undefined) return [];
    const found = chosen(monitor, selector, context);
    if (found.length === 0) {
      return [
        {
          path: 'spec.selector',
          found: shown(selector.matchLabels),
          wanted: 'labels that something in the namespace has',
        },
      ];
    }
    const list = monitor.type === 'PodMonitor' ? 'podMetricsEndpoints' : 'endpoints';
    return treesOf(valueAt(monitor.body, `spec.${list}`)).flatMap(({ port }, i) => {
      const has = found.some(({ ports }) =>
        ports.some(({ name, containerPort }) => name === port || containerPort === port),
      );
      return has || port === undefined
        ? []
        : [
            {
              path: `spec.${list}[${i}].port`,
              found: shown(port),
              wanted: 'the name of a port that it has',
            },
          ];
    });
  },
});
