import { attributeRule, including, oneOf } from '../attributes';

export const gkeMonitoring = attributeRule({
  id: 'TL-GKE-014',
  title: 'The cluster is not monitored',
  severity: 'error',
  why: 'A cluster that nobody watches fails unseen',
  fix: 'monitor SYSTEM_COMPONENTS, with managed Prometheus on',
  see: 'https://cloud.google.com/stackdriver/docs/managed-prometheus',
  types: ['google_container_cluster'],
  expects: {
    'monitoring_config.enable_components': including('SYSTEM_COMPONENTS'),
    'monitoring_config.managed_prometheus.enabled': oneOf(true),
  },
});
