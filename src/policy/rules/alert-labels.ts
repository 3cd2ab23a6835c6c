import { objectRule } from '../objects';
import { isTree, shown, textOf, treesOf, valueAt } from '../tree';

export const alertLabels = objectRule({
  id: 'TL-MON-007',
  title: 'A rule of Prometheus has no severity or no summary',
  severity: 'warning',
  why: 'Alertmanager routes by labels, and whoever is woken has nothing but the summary',
  fix: 'add labels.severity and annotations.summary',
  see: 'https://prometheus.io/docs/practices/alerting/',
  kinds: ['Rules', 'ClusterRules', 'PrometheusRule'],
  finds: ({ body }) =>
    treesOf(valueAt(body, 'spec.groups')).flatMap((group, i) =>
      treesOf(group.rules).flatMap((rule, k) => {
        const path = `spec.groups[${i}].rules[${k}]`;
        if (textOf(rule.alert) === '') return [];
        const { labels, annotations } = rule;
        const severity = isTree(labels) ? labels.severity : undefined;
        const summary = isTree(annotations) ? (annotations.summary ?? annotations.description) : undefined;
        return [
          ...(textOf(severity) === ''
            ? [{ path: `${path}.labels.severity`, found: shown(severity), wanted: 'how bad it is' }]
            : []),
          ...(textOf(summary) === ''
            ? [
                {
                  path: `${path}.annotations.summary`,
                  found: shown(summary),
                  wanted: 'what it means and what to do',
                },
              ]
            : []),
        ];
      }),
    ),
});
