import { attributeRule, including } from '../attributes';

export const gkeLogging = attributeRule({
  id: 'TL-GKE-013',
  title: 'Logs of the cluster are not kept',
  severity: 'error',
  why: 'Nobody can tell afterwards what happened',
  fix: 'log SYSTEM_COMPONENTS and WORKLOADS',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/about-logs',
  types: ['google_container_cluster'],
  expects: {
    'logging_config.enable_components': including('SYSTEM_COMPONENTS', 'WORKLOADS'),
  },
});
