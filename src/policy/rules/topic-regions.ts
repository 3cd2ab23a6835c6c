import { attributeRule, said } from '../attributes';

export const topicRegions = attributeRule({
  id: 'TL-PS-002',
  title: 'Messages may be kept in any region',
  severity: 'warning',
  why: 'Google keeps them where they are published, and some data may not leave its region',
  fix: 'name the regions in message_storage_policy.allowed_persistence_regions',
  see: 'https://cloud.google.com/pubsub/docs/resource-location-restriction',
  types: ['google_pubsub_topic'],
  expects: { 'message_storage_policy.allowed_persistence_regions': said },
});
