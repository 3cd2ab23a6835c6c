import { attributeRule, oneOf } from '../attributes';

export const gkeBackupAgent = attributeRule({
  id: 'TL-GKE-030',
  title: 'The backup of the cluster is half switched on',
  severity: 'error',
  why: 'A plan without the agent backs nothing up',
  fix: 'set addons_config.gke_backup_agent_config.enabled to true',
  see: 'https://cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/concepts/backup-for-gke',
  types: ['google_container_cluster'],
  within: 'addons_config.gke_backup_agent_config',
  expects: { enabled: oneOf(true) },
});
