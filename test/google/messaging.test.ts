import {
  PubsubSubscription,
  type PubsubSubscriptionProps,
  PubsubTopic,
  StorageNotification,
} from '../../src/google';
import { project, resourceOf, synthesize } from './support';

const topicId = 'projects/analysis-1/topics/arrived';

describe('PubsubTopic', () => {
  it('keeps messages in the regions that it is told', () => {
    expect(
      resourceOf(
        'google_pubsub_topic',
        'arrived',
        (stack) =>
          new PubsubTopic(stack, 'arrived', {
            project,
            name: 'arrived',
            regions: ['us-west1'],
            retentionDays: 2,
            kmsKey: 'key',
          }),
      ),
    ).toMatchObject({
      message_storage_policy: { allowed_persistence_regions: ['us-west1'] },
      message_retention_duration: '172800s',
      kms_key_name: 'key',
    });
  });

  it('keeps no messages itself unless it is told to', () => {
    const topic = resourceOf(
      'google_pubsub_topic',
      'arrived',
      (stack) => new PubsubTopic(stack, 'arrived', { project, name: 'arrived', regions: ['us-west1'] }),
    );
    expect(topic).not.toHaveProperty('message_retention_duration');
    expect(topic).not.toHaveProperty('kms_key_name');
  });

  it('lets publishers in one by one, so that grants of others stay', () => {
    const { resource } = synthesize(
      (stack) =>
        new PubsubTopic(stack, 'arrived', {
          project,
          name: 'arrived',
          regions: ['us-west1'],
          grants: [
            { key: 'group:a@example.com', member: 'group:a@example.com', role: 'roles/pubsub.publisher' },
          ],
        }),
    );
    const [[address, grant] = []] = Object.entries(resource.google_pubsub_topic_iam_member ?? {});
    expect(address).toMatch(/^arrived_group-a-example-com-[0-9a-f]{8}$/);
    expect(grant).toMatchObject({ role: 'roles/pubsub.publisher', member: 'group:a@example.com' });
  });
});

describe('PubsubSubscription', () => {
  const subscription = (more: Partial<PubsubSubscriptionProps> = {}) =>
    synthesize(
      (stack) =>
        new PubsubSubscription(stack, 'arrived_all', {
          project,
          name: 'arrived-all',
          topic: topicId,
          ackDeadlineSeconds: 60,
          retentionDays: 7,
          ...more,
        }),
    ).resource;

  it('never expires, and waits longer after each failure', () => {
    expect(subscription().google_pubsub_subscription?.arrived_all).toMatchObject({
      expiration_policy: { ttl: '' },
      retry_policy: { minimum_backoff: '10s', maximum_backoff: '600s' },
      ack_deadline_seconds: 60,
      message_retention_duration: '604800s',
    });
  });

  it('pulls unless an address is given; what is pushed is signed', () => {
    expect(subscription().google_pubsub_subscription?.arrived_all).not.toHaveProperty('push_config');
    const push = {
      endpoint: 'https://example.com/in',
      serviceAccount: 'p@analysis-1.iam.gserviceaccount.com',
    };
    expect(subscription({ push }).google_pubsub_subscription?.arrived_all).toHaveProperty('push_config', {
      push_endpoint: 'https://example.com/in',
      oidc_token: {
        service_account_email: 'p@analysis-1.iam.gserviceaccount.com',
        audience: 'https://example.com/in',
      },
    });
  });

  it('moves what nobody could handle to another topic', () => {
    const deadLetter = { topic: 'projects/analysis-1/topics/dead', maxDeliveryAttempts: 9 };
    expect(subscription({ deadLetter }).google_pubsub_subscription?.arrived_all).toHaveProperty(
      'dead_letter_policy',
      { dead_letter_topic: 'projects/analysis-1/topics/dead', max_delivery_attempts: 9 },
    );
  });

  it('lets readers at it only, not at the topic', () => {
    const grants = [{ key: 'meltano-elt', member: 'serviceAccount:m@p', role: 'roles/pubsub.subscriber' }];
    const resource = subscription({ grants });
    expect(resource.google_pubsub_subscription_iam_member?.['arrived_all_meltano-elt']).toMatchObject({
      subscription: '${google_pubsub_subscription.arrived_all.name}',
      role: 'roles/pubsub.subscriber',
    });
    expect(resource).not.toHaveProperty('google_pubsub_topic_iam_member');
  });
});

describe('StorageNotification', () => {
  it('tells a topic of some events of some objects', () => {
    expect(
      resourceOf(
        'google_storage_notification',
        'exports_arrived',
        (stack) =>
          new StorageNotification(stack, 'exports_arrived', {
            bucket: 'acme-exports',
            topic: topicId,
            events: ['OBJECT_FINALIZE'],
            prefix: 'daily/',
          }),
      ),
    ).toMatchObject({
      bucket: 'acme-exports',
      topic: topicId,
      payload_format: 'JSON_API_V1',
      event_types: ['OBJECT_FINALIZE'],
      object_name_prefix: 'daily/',
    });
  });
});
