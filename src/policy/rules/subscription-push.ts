import { attributeRule, matching, said } from '../attributes';

export const subscriptionPush = attributeRule({
  id: 'TL-PS-007',
  title: 'Messages are pushed without a login',
  severity: 'error',
  why: 'Whoever finds the endpoint can send it what it takes for messages',
  fix: 'push to https, with an oidc_token of a service account and its audience',
  see: 'https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions',
  types: ['google_pubsub_subscription'],
  within: 'push_config',
  expects: {
    push_endpoint: matching(/^https:\/\//, 'an address with https'),
    'oidc_token.service_account_email': said,
    'oidc_token.audience': said,
  },
});
