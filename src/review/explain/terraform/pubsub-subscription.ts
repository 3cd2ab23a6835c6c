import type { Advice } from './advice';

/** Subscriptions of Pub/Sub. */
export const pubsubSubscription: Advice = {
  types: /^google_pubsub_(subscription|lite_subscription)$/,
  lost: 'Messages that were not acknowledged are lost, and those in between are not kept.',
  instead: 'add the new subscription first, and take the old one away when it is empty',
};
