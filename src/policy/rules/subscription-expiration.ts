import { attributeRule, type Expectation } from '../attributes';

/** An empty text is for ever; without the block, it is 31 days. */
const never: Expectation = {
  wanted: 'an empty text, for never',
  accepts: (value) => value === '',
};

export const subscriptionExpiration = attributeRule({
  id: 'TL-PS-003',
  title: 'Google deletes a subscription that nobody reads',
  severity: 'error',
  why: 'A reader that was off for 31 days finds it gone, with every message that came since',
  fix: 'set expiration_policy.ttl to an empty text',
  see: 'https://cloud.google.com/pubsub/docs/subscription-properties#expiration_period',
  types: ['google_pubsub_subscription'],
  expects: { 'expiration_policy.ttl': never },
});
