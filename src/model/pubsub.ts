import type { ConfigPath } from '../config/problem';
import type { Config } from '../config/schema';
import type { SubscriptionConfig, TopicConfig } from '../config/schema/topics';
import { type Agent, requireAgent } from './agents';
import { resolveAccess } from './members';
import { fitTopic } from './names';
import type { Access, Subscription, Topic } from './platform';
import type { Problems } from './problems';
import { compare, type Scope, sortedEntries } from './scope';

/** A topic that some setting names. */
export interface TopicReference {
  /** Key of the topic. */
  readonly topic: string;
  /** `projects/P/topics/T`. */
  readonly topicId: string;
}

const publisher = 'roles/pubsub.publisher';

/** The topics, while the settings that name them are being resolved. */
export class Topics {
  private readonly agents = new Map<string, Map<Agent, Access>>();

  constructor(
    private readonly config: Config,
    private readonly prefix: string,
    private readonly problems: Problems,
  ) {}

  /**
   * The topic that a setting names, and with `agent` the right to publish for the product of Google that does.
   * @param what the setting in a sentence, for example `a notification`
   */
  use(key: string, path: ConfigPath, agent?: Agent, what = 'it'): TopicReference | undefined {
    const declared = new Map(Object.entries(this.config.topics));
    const topic = this.problems.reference(path, key, 'topic', ['topics'], declared);
    if (topic === undefined) return undefined;
    if (agent !== undefined) {
      const agents = this.agents.get(key) ?? new Map<Agent, Access>();
      this.agents.set(key, agents);
      const member = requireAgent(this.config, this.problems, agent, what, path);
      const first = agents.get(agent);
      agents.set(
        agent,
        first ?? { key: `${agent}-agent`, member, identity: null, role: publisher, origin: path },
      );
    }
    return { topic: key, topicId: this.idOf('topics', this.nameOf(key, topic)) };
  }

  /** The topics with all who publish. Call it after the last {@link use} and after the workloads. */
  resolve(scope: Scope): Topic[] {
    const topics = sortedEntries(this.config.topics).map(([key, topic]) => {
      const origin: ConfigPath = ['topics', key];
      const name = this.nameOf(key, topic);
      return {
        key,
        name,
        id: this.idOf('topics', name),
        retentionDays: topic.retentionDays ?? null,
        subscriptions: sortedEntries(topic.subscriptions).map(([inner, subscription]) =>
          this.subscription(scope, key, name, inner, subscription),
        ),
        publishers: resolveAccess(scope, topic.publishers, [...origin, 'publishers'], publisher),
        origin,
      };
    });
    // Only now is it known which topics take dead letters.
    return topics.map(({ publishers, ...topic }) => ({
      ...topic,
      access: [
        ...publishers,
        ...[...(this.agents.get(topic.key)?.values() ?? [])].sort((a, b) => compare(a.key, b.key)),
      ],
    }));
  }

  private subscription(
    scope: Scope,
    topic: string,
    topicName: string,
    key: string,
    config: SubscriptionConfig,
  ): Subscription {
    const origin: ConfigPath = ['topics', topic, 'subscriptions', key];
    const name = config.name ?? fitTopic(topicName, key);
    const deadLetter = this.deadLetter(topic, config, origin);
    if (config.push !== undefined && config.readers.length > 0) {
      this.problems.add({
        path: [...origin, 'readers'],
        message: 'messages that are pushed cannot be read as well',
        found: config.readers.join(', '),
        allowed: 'either push or readers',
        fix: 'declare a second subscription for the readers',
      });
    }
    return {
      key,
      topic,
      name,
      id: this.idOf('subscriptions', name),
      ackDeadlineSeconds: config.ackDeadlineSeconds,
      retentionDays: config.retentionDays,
      deadLetter: deadLetter?.letter ?? null,
      push: config.push ?? null,
      access: [
        ...resolveAccess(scope, config.readers, [...origin, 'readers'], 'roles/pubsub.subscriber'),
        ...(deadLetter === undefined ? [] : [deadLetter.access]),
      ],
      origin,
    };
  }

  /** To move a message on, Pub/Sub takes it off the subscription as a reader. */
  private deadLetter(topic: string, { deadLetter }: SubscriptionConfig, origin: ConfigPath) {
    if (deadLetter === undefined) return undefined;
    const path = [...origin, 'deadLetter', 'topic'];
    if (deadLetter.topic === topic) {
      this.problems.add({
        path,
        message: 'messages that nobody could handle would come back to the same subscription',
        found: topic,
        allowed: 'another topic',
        fix: `declare a topic for them, for example ${topic}-dead`,
      });
    }
    const reference = this.use(deadLetter.topic, path, 'pubsub', 'a dead-letter topic');
    const agent = this.agents.get(deadLetter.topic)?.get('pubsub');
    if (reference === undefined || agent === undefined) return undefined;
    return {
      letter: { ...reference, maxDeliveryAttempts: deadLetter.maxDeliveryAttempts },
      access: {
        ...agent,
        role: 'roles/pubsub.subscriber',
        origin: path,
      },
    };
  }

  private nameOf(key: string, topic: TopicConfig): string {
    return topic.name ?? fitTopic(this.prefix, key);
  }

  private idOf(kind: 'topics' | 'subscriptions', name: string): string {
    return `projects/${this.config.google.project}/${kind}/${name}`;
  }
}
