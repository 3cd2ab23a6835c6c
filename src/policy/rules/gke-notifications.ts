import { attributeRule, oneOf, said } from '../attributes';

export const gkeNotifications = attributeRule({
  id: 'TL-GKE-021',
  title: 'Notices of the cluster go nowhere',
  severity: 'warning',
  why: 'Upgrades and security bulletins then pass unseen',
  fix: 'enable the topic and name it, or remove the block',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/cluster-notifications',
  types: ['google_container_cluster'],
  within: 'notification_config.pubsub',
  expects: {
    enabled: oneOf(true),
    topic: said,
  },
});
