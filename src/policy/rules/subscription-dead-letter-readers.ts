import { subscribed } from '../messaging';
import { notApplicable, type Rule, verdictOf } from '../types';
import { valueAt } from '../tree';

const path = 'dead_letter_policy.dead_letter_topic';

export const subscriptionDeadLetterReaders: Rule = {
  id: 'TL-PS-008',
  title: 'Nobody keeps dead letters',
  severity: 'warning',
  why: 'A topic without a subscription throws away what comes, so a message that nobody could read is gone',
  fix: 'add a subscription to the topic of the dead letters',
  see: 'https://cloud.google.com/pubsub/docs/dead-letter-topics',
  types: ['google_pubsub_subscription'],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_pubsub_subscription') return notApplicable;
    const topic = context.target(valueAt(resource.body, path), 'google_pubsub_topic', resource.unit);
    // Of a topic that is made elsewhere, nothing is known here.
    if (topic === undefined) return notApplicable;
    return verdictOf(
      subscribed(context).has(topic)
        ? []
        : [
            {
              path,
              found: `${topic.address}, which nobody subscribes to`,
              wanted: 'a topic with a subscription',
            },
          ],
    );
  },
};
