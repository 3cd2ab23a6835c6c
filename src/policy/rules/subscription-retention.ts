import { attributeRule } from '../attributes';
import { lastingAtLeast } from '../durations';

export const subscriptionRetention = attributeRule({
  id: 'TL-PS-004',
  title: 'Messages go before anybody can mend their reader',
  severity: 'warning',
  why: 'What a reader did not take in that time is lost',
  fix: 'set message_retention_duration to at least 86400s, a day',
  see: 'https://cloud.google.com/pubsub/docs/subscription-properties#message-retention-duration',
  types: ['google_pubsub_subscription'],
  expects: { message_retention_duration: lastingAtLeast(86_400) },
});
