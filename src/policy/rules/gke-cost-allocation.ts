import { attributeRule, oneOf } from '../attributes';

export const gkeCostAllocation = attributeRule({
  id: 'TL-GKE-019',
  title: 'Costs of the cluster cannot be told apart',
  severity: 'warning',
  why: 'The bill then shows one cluster and not the namespaces and labels that cause it',
  fix: 'set cost_management_config.enabled to true',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/cost-allocations',
  types: ['google_container_cluster'],
  expects: {
    'cost_management_config.enabled': oneOf(true),
  },
});
