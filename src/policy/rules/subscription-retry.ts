import { attributeRule, said } from '../attributes';

export const subscriptionRetry = attributeRule({
  id: 'TL-PS-005',
  title: 'A message that fails comes again at once',
  severity: 'warning',
  why: 'Its reader then does nothing else, and what it calls is called without a pause',
  fix: 'write retry_policy with minimum_backoff and maximum_backoff',
  see: 'https://cloud.google.com/pubsub/docs/handling-failures#subscription_retry_policy',
  types: ['google_pubsub_subscription'],
  expects: {
    'retry_policy.minimum_backoff': said,
    'retry_policy.maximum_backoff': said,
  },
});
