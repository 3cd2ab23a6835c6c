import { PubsubSubscription as Subscription } from '@cdktf/provider-google/lib/pubsub-subscription';
import { PubsubSubscriptionIamMember } from '@cdktf/provider-google/lib/pubsub-subscription-iam-member';
import { Construct } from 'constructs';
import { addressPart, setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';
import type { Grant } from './grant';

/** Where messages go that nobody could handle. */
export interface DeadLetter {
  /** `projects/P/topics/T`. Pub/Sub's agent must be let in as a publisher there, and as a reader here. */
  readonly topic: string;
  /** How often a message is tried before that, 5 to 100. */
  readonly maxDeliveryAttempts: number;
}

export interface PubsubSubscriptionProps extends LabelledEntityProps {
  /** Name of the subscription. Changing this recreates it, and what is unread is lost. */
  readonly name: string;
  /** `projects/P/topics/T`. Changing this recreates the subscription. */
  readonly topic: string;
  /** How long a reader has for a message before it is delivered again, in seconds, 10 to 600. */
  readonly ackDeadlineSeconds: number;
  /** How long unread messages are kept, in days, 1 to 31. */
  readonly retentionDays: number;
  /**
   * Where messages go that nobody could handle.
   * @default - they are tried until they expire
   */
  readonly deadLetter?: DeadLetter;
  /**
   * Address that messages are sent to, and the service account that signs the requests.
   * @default - readers pull the messages
   */
  readonly push?: { readonly endpoint: string; readonly serviceAccount: string };
  /**
   * Who may read messages.
   * @default - nobody beside those who may by a role on the project
   */
  readonly grants?: readonly Grant[];
}

/**
 * A subscription that never expires: by default Google deletes one that nobody read for 31 days, with its messages.
 *
 * @see https://cloud.google.com/pubsub/docs/subscription-properties
 */
export class PubsubSubscription extends Construct {
  readonly subscription: Subscription;
  readonly grants: readonly PubsubSubscriptionIamMember[];

  constructor(scope: Construct, id: string, props: PubsubSubscriptionProps) {
    super(scope, id);
    this.subscription = setAddress(
      new Subscription(this, 'subscription', {
        project: props.project,
        name: props.name,
        topic: props.topic,
        ackDeadlineSeconds: props.ackDeadlineSeconds,
        messageRetentionDuration: `${props.retentionDays * 24 * 60 * 60}s`,
        expirationPolicy: { ttl: '' },
        // Without it a reader that fails gets the same message again at once, for as long as it fails.
        retryPolicy: { minimumBackoff: '10s', maximumBackoff: '600s' },
        ...(props.deadLetter === undefined
          ? {}
          : {
              deadLetterPolicy: {
                deadLetterTopic: props.deadLetter.topic,
                maxDeliveryAttempts: props.deadLetter.maxDeliveryAttempts,
              },
            }),
        ...(props.push === undefined
          ? {}
          : {
              pushConfig: {
                pushEndpoint: props.push.endpoint,
                oidcToken: {
                  serviceAccountEmail: props.push.serviceAccount,
                  audience: props.push.endpoint,
                },
              },
            }),
        labels: { ...props.labels },
        ...dependencies(props),
      }),
      id,
    );
    this.grants = (props.grants ?? []).map(({ key, member, role }) =>
      setAddress(
        new PubsubSubscriptionIamMember(this, `grant-${key}`, {
          project: props.project,
          subscription: this.subscription.name,
          role,
          member,
          ...dependencies(props),
        }),
        id,
        addressPart(key),
      ),
    );
  }
}
