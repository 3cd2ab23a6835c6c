import { attributeRule, oneOf, said } from '../attributes';

export const gkeMaintenanceExclusions = attributeRule({
  id: 'TL-GKE-029',
  title: 'An exclusion of maintenance excludes nothing',
  severity: 'warning',
  why: 'Upgrades then come on the very days that were to be quiet',
  fix: 'write its scope, its start and its end',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions',
  types: ['google_container_cluster'],
  within: 'maintenance_policy.maintenance_exclusion',
  expects: {
    'exclusion_options.scope': oneOf('NO_UPGRADES', 'NO_MINOR_UPGRADES', 'NO_MINOR_OR_NODE_UPGRADES'),
    start_time: said,
    end_time: said,
  },
});
