import { PubsubTopic as Topic } from '@cdktf/provider-google/lib/pubsub-topic';
import { PubsubTopicIamMember } from '@cdktf/provider-google/lib/pubsub-topic-iam-member';
import { Construct } from 'constructs';
import { addressPart, setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';
import type { Grant } from './grant';

export interface PubsubTopicProps extends LabelledEntityProps {
  /** Name of the topic. Changing this recreates it. */
  readonly name: string;
  /** Regions that messages may be stored in. */
  readonly regions: readonly string[];
  /**
   * How long the topic itself keeps messages, in days, 1 to 31.
   * @default - it keeps none: subscriptions do
   */
  readonly retentionDays?: number;
  /**
   * Who may publish.
   * @default - nobody beside those who may by a role on the project
   */
  readonly grants?: readonly Grant[];
  /**
   * Cloud KMS key that encrypts messages.
   * @default - Google's own key
   */
  readonly kmsKey?: string;
}

/**
 * A topic whose messages stay in the regions of the platform.
 *
 * @see https://cloud.google.com/pubsub/docs/resource-location-restriction
 */
export class PubsubTopic extends Construct {
  readonly topic: Topic;
  readonly grants: readonly PubsubTopicIamMember[];

  constructor(scope: Construct, id: string, props: PubsubTopicProps) {
    super(scope, id);
    this.topic = setAddress(
      new Topic(this, 'topic', {
        project: props.project,
        name: props.name,
        messageStoragePolicy: { allowedPersistenceRegions: [...props.regions] },
        ...(props.retentionDays === undefined
          ? {}
          : { messageRetentionDuration: `${props.retentionDays * 24 * 60 * 60}s` }),
        ...(props.kmsKey === undefined ? {} : { kmsKeyName: props.kmsKey }),
        labels: { ...props.labels },
        ...dependencies(props),
      }),
      id,
    );
    this.grants = (props.grants ?? []).map(({ key, member, role }) =>
      setAddress(
        new PubsubTopicIamMember(this, `grant-${key}`, {
          project: props.project,
          topic: this.topic.name,
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
