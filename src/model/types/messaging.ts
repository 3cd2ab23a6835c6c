import type { Originated } from './originated';
import type { Access } from './storage';

export interface Topic extends Originated {
  readonly key: string;
  readonly name: string;
  /** `projects/P/topics/NAME`. */
  readonly id: string;
  /** How long the topic itself keeps messages, in days; null where it keeps none. */
  readonly retentionDays: number | null;
  /** Publishers: those declared, and agents of Google that other settings need. */
  readonly access: readonly Access[];
  readonly subscriptions: readonly Subscription[];
}

export interface Subscription extends Originated {
  readonly key: string;
  /** Key of the topic. */
  readonly topic: string;
  readonly name: string;
  /** `projects/P/subscriptions/NAME`. */
  readonly id: string;
  readonly ackDeadlineSeconds: number;
  readonly retentionDays: number;
  readonly deadLetter: {
    /** Key of the topic. */
    readonly topic: string;
    /** `projects/P/topics/T`. */
    readonly topicId: string;
    readonly maxDeliveryAttempts: number;
  } | null;
  readonly push: { readonly endpoint: string; readonly serviceAccount: string } | null;
  readonly access: readonly Access[];
}
