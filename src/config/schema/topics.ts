import * as z from 'zod';
import { mapOf } from './common';
import { members } from './members';

const resourceName = z
  .string()
  .min(3, 'at least 3 characters')
  .max(255, 'at most 255 characters')
  .regex(/^(?!goog)[A-Za-z][A-Za-z0-9._~+%-]*$/, 'letters, digits and . _ ~ + % -, first a letter, not beginning with goog');

const subscription = z.strictObject({
  name: resourceName
    .optional()
    .describe('Name of the subscription. Default: topic and key. Changing this recreates it, and loses what is unread.'),
  ackDeadlineSeconds: z
    .int()
    .min(10)
    .max(600)
    .default(60)
    .describe('How long a reader has for a message before it is delivered again, in seconds.'),
  retentionDays: z.int().min(1).max(31).default(7).describe('How long unread messages are kept, in days.'),
  deadLetter: z
    .strictObject({
      topic: z.string().describe('Key of the topic under topics. It needs a subscription of its own, or they are lost.'),
      maxDeliveryAttempts: z.int().min(5).max(100).default(5).describe('How often a message is tried before that.'),
    })
    .optional()
    .describe('Where messages go that nobody could handle. Needs google.projectNumber. Default: they are tried until they expire.'),
  push: z
    .strictObject({
      endpoint: z
        .string()
        .regex(/^https:\/\/[^\s/]+(\/\S*)?$/, 'an https address')
        .describe('Address that messages are sent to.'),
      serviceAccount: z
        .string()
        .regex(/^[a-z][-a-z0-9]+@[-a-z0-9.]+\.gserviceaccount\.com$/, 'the e-mail of a service account')
        .describe('Service account that signs each request, so that the receiver can tell it from others.'),
    })
    .optional()
    .describe('Default: readers pull the messages.'),
  readers: members.default([]).describe('Who may read messages.'),
});

/** A topic in Pub/Sub. */
export const topic = z.strictObject({
  name: resourceName
    .optional()
    .describe('Name of the topic. Default: platform and key. Changing this recreates the topic.'),
  retentionDays: z
    .int()
    .min(1)
    .max(31)
    .optional()
    .describe('How long the topic itself keeps messages, so that a subscription can go back, in days. Default: it keeps none.'),
  publishers: members.default([]).describe('Who may publish.'),
  subscriptions: mapOf(subscription).default({}).describe('Subscriptions by name. They never expire.'),
});
export type TopicConfig = z.infer<typeof topic>;
export type SubscriptionConfig = z.infer<typeof subscription>;
