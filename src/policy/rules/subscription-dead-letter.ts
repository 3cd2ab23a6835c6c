import { grantsOn, isPublisher, isSubscriber } from '../messaging';
import { shown, textOf, valueAt } from '../tree';
import type { Context } from '../context';
import { notApplicable, type Rule, type TerraformResource, type Violation, verdictOf } from '../types';

const topics = 'google_pubsub_topic';
const path = 'dead_letter_policy.dead_letter_topic';

/** Pub/Sub itself moves the message, and needs rights to do so. */
const agent = /^serviceAccount:service-[^@]+@gcp-sa-pubsub\.iam\.gserviceaccount\.com$/;

function findings(subscription: TerraformResource, context: Context): Violation[] {
  const { body, unit } = subscription;
  const named = valueAt(body, path);
  if (textOf(named) === '') return [{ path, found: shown(named), wanted: 'a topic' }];
  const topic = context.target(named, topics, unit);
  const found: Violation[] = [];
  if (topic !== undefined && topic === context.target(body.topic, topics, unit)) {
    found.push({ path, found: 'the topic that is subscribed to', wanted: 'another one' });
  }
  const may = (resource: TerraformResource, isEnough: (role: string) => boolean) =>
    grantsOn(resource, context).some(
      ({ role, members }) => isEnough(role) && members.some((member) => agent.test(member)),
    );
  if (topic !== undefined && !may(topic, isPublisher)) {
    const wanted = "roles/pubsub.publisher for Pub/Sub's own agent";
    found.push({ path, found: `${topic.address}, where Pub/Sub may not publish`, wanted });
  }
  if (!may(subscription, isSubscriber)) {
    const wanted = "roles/pubsub.subscriber on it for Pub/Sub's own agent";
    found.push({ path, found: 'a subscription from which Pub/Sub may take nothing', wanted });
  }
  return found;
}

export const subscriptionDeadLetter: Rule = {
  id: 'TL-PS-006',
  title: 'Dead letters get nowhere',
  severity: 'error',
  why: 'A message that nobody can read then comes for ever',
  fix: 'name another topic, and let the agent of Pub/Sub publish there and subscribe here',
  see: 'https://cloud.google.com/pubsub/docs/dead-letter-topics#grant_forwarding_permissions',
  types: ['google_pubsub_subscription'],
  checks: (resource, context) =>
    resource.kind === 'terraform' &&
    resource.type === 'google_pubsub_subscription' &&
    resource.body.dead_letter_policy !== undefined
      ? verdictOf(findings(resource, context))
      : notApplicable,
};
