import { attributeRule, said } from '../attributes';

export const topicLabels = attributeRule({
  id: 'TL-PS-001',
  title: 'A topic or a subscription has no labels',
  severity: 'warning',
  why: 'Nobody can tell whose it is, or what it costs',
  fix: 'set labels',
  see: 'https://cloud.google.com/pubsub/docs/labels',
  types: ['google_pubsub_topic', 'google_pubsub_subscription'],
  expects: { labels: said },
});
