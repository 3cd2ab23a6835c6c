import { atLeast, attributeRule, oneOf, orNothing } from '../attributes';

export const nodeUpgrades = attributeRule({
  id: 'TL-NODE-010',
  title: 'An upgrade of nodes may take capacity away',
  severity: 'warning',
  why: 'Pods then wait for a node while others are being replaced',
  fix: 'upgrade by surge with max_surge of at least 1 and max_unavailable 0, or blue-green',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies',
  types: ['google_container_node_pool'],
  expects: {
    'upgrade_settings.strategy': oneOf('SURGE', 'BLUE_GREEN'),
    'upgrade_settings.max_surge': orNothing(atLeast(1)),
    'upgrade_settings.max_unavailable': orNothing(oneOf(0)),
  },
});
