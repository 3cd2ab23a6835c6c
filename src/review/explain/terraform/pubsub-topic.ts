import type { Advice } from './advice';

/** Topics of Pub/Sub. */
export const pubsubTopic: Advice = {
  types: /^google_pubsub_(topic|lite_topic|schema)$/,
  lost: 'Its subscriptions are left without a topic and get no message any more.',
  instead:
    'make the new topic first, let the publishers and subscribers change, and take the old one away later',
};
