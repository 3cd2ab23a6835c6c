import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { address, PubsubSubscription, PubsubTopic } from '../src/google';
import type { Subscription } from '../src/model';
import type { EncryptionKeys } from './encryption';
import { type Foundation, grantsOf, identitiesOf } from './foundation-parts';
import { setOrigin } from './origin';

const pubsub = 'pubsub.googleapis.com';

/** APIs whose agents publish: a grant to one that is not there fails. */
const publishing = ['secretmanager.googleapis.com', 'storage.googleapis.com'];

/** By the key of a topic, what must be there before a product of Google can publish to it. */
export type TopicsReady = ReadonlyMap<string, readonly ITerraformDependable[]>;

/** Makes the topics and their subscriptions. */
export function addTopics(foundation: Foundation, keys: EncryptionKeys): TopicsReady {
  const { platform, services } = foundation;
  const { project, region, labels } = platform;
  const topics = foundation.group('topics');
  const subscriptions = foundation.group('subscriptions');
  const ready = new Map<string, readonly ITerraformDependable[]>();
  for (const topic of platform.topics) {
    const key = keys.of('pubsub', region);
    const made = setOrigin(
      new PubsubTopic(topics, topic.key, {
        project,
        labels,
        name: topic.name,
        regions: [region],
        ...(topic.retentionDays === null ? {} : { retentionDays: topic.retentionDays }),
        ...(key === undefined ? {} : { kmsKey: key.id }),
        grants: grantsOf(topic.access),
        dependsOn: [
          ...services.of(pubsub, ...publishing.filter((api) => platform.apis.includes(api))),
          ...(key?.ready ?? []),
          ...foundation.accountsOf(identitiesOf(topic.access)),
        ],
      }),
      topic,
    );
    ready.set(topic.key, [made.topic, ...made.grants]);
  }
  for (const topic of platform.topics) {
    for (const subscription of topic.subscriptions) {
      addSubscription(foundation, subscriptions, subscription, ready);
    }
  }
  return ready;
}

function addSubscription(
  foundation: Foundation,
  scope: Construct,
  subscription: Subscription,
  topics: TopicsReady,
): void {
  const { project, labels } = foundation.platform;
  const { topic, deadLetter, push, access } = subscription;
  setOrigin(
    new PubsubSubscription(scope, address(topic, subscription.key), {
      project,
      labels,
      name: subscription.name,
      topic: topicId(foundation, topic),
      ackDeadlineSeconds: subscription.ackDeadlineSeconds,
      retentionDays: subscription.retentionDays,
      ...(deadLetter === null
        ? {}
        : { deadLetter: { topic: deadLetter.topicId, maxDeliveryAttempts: deadLetter.maxDeliveryAttempts } }),
      ...(push === null ? {} : { push }),
      grants: grantsOf(access),
      dependsOn: [
        ...(topics.get(topic) ?? []),
        ...(deadLetter === null ? [] : (topics.get(deadLetter.topic) ?? [])),
        ...foundation.accountsOf(identitiesOf(access)),
      ],
    }),
    subscription,
  );
}

function topicId({ platform }: Foundation, key: string): string {
  const topic = platform.topics.find((one) => one.key === key);
  if (topic === undefined) throw new Error(`the model names a topic '${key}' that it does not hold`);
  return topic.id;
}
