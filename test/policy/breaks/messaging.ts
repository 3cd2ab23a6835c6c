import { type Break, breaksOf, gone } from '../break';

/** How each rule on topics and subscriptions is broken, starting from the compliant fixture. */
export const messagingBreaks: readonly Break[] = [
  ...breaksOf('google_pubsub_topic.events', [
    ['labels', {}, 'TL-PS-001'],
    ['message_storage_policy', gone, ['TL-PS-002', 'message_storage_policy.allowed_persistence_regions']],
    ['message_storage_policy.allowed_persistence_regions', [], 'TL-PS-002'],
    ['kms_key_name', gone, 'TL-KMS-004'],
  ]),
  ...breaksOf('google_pubsub_subscription.events_loader', [
    ['labels', gone, 'TL-PS-001'],
    ['expiration_policy', gone, ['TL-PS-003', 'expiration_policy.ttl']],
    ['expiration_policy.ttl', '2678400s', 'TL-PS-003'],
    ['message_retention_duration', '600s', 'TL-PS-004'],
    ['message_retention_duration', gone, 'TL-PS-004'],
    ['retry_policy', gone, ['TL-PS-005', 'retry_policy.minimum_backoff']],
    ['retry_policy.maximum_backoff', gone, 'TL-PS-005'],
    ['dead_letter_policy.dead_letter_topic', gone, 'TL-PS-006'],
    ['dead_letter_policy.dead_letter_topic', 'projects/acme-data/topics/events', 'TL-PS-006'],
    ['dead_letter_policy.dead_letter_topic', '${google_pubsub_topic.events.id}', 'TL-PS-006'],
  ]),
  ...breaksOf('google_pubsub_subscription.dead_look-at', [
    ['topic', 'projects/acme-data/topics/events', ['TL-PS-008', 'dead_letter_policy.dead_letter_topic']],
    ['push_config.push_endpoint', 'http://example.com/dead', 'TL-PS-007'],
    ['push_config.oidc_token', gone, ['TL-PS-007', 'push_config.oidc_token.service_account_email']],
    ['push_config.oidc_token.audience', gone, 'TL-PS-007'],
  ]),
  ...breaksOf('google_pubsub_topic_iam_member.dead_agent', [
    ['topic', '${google_pubsub_topic.events.name}', ['TL-PS-006', 'dead_letter_policy.dead_letter_topic']],
    ['role', 'roles/pubsub.viewer', ['TL-PS-006', 'dead_letter_policy.dead_letter_topic']],
    [
      'member',
      'serviceAccount:service-210987654321@gcp-sa-pubsub.example.com',
      ['TL-PS-006', 'dead_letter_policy.dead_letter_topic'],
    ],
  ]),
  ...breaksOf('google_pubsub_subscription_iam_member.events_loader_agent', [
    ['subscription', 'dead-look-at', ['TL-PS-006', 'dead_letter_policy.dead_letter_topic']],
    ['role', 'roles/pubsub.viewer', ['TL-PS-006', 'dead_letter_policy.dead_letter_topic']],
  ]),
];
