import type { Context } from './context';
import { type Grant, grantsOf } from './iam';
import { groupBy, perContext } from './indexed';
import type { TerraformResource } from './types';

/** What each kind of grant is on: the attribute that names it, and its type. */
const targets = {
  google_pubsub_topic: 'topic',
  google_pubsub_subscription: 'subscription',
  google_storage_bucket: 'bucket',
  google_bigquery_dataset: 'dataset_id',
} as const;

const forms = ['member', 'binding', 'policy'];

/** Every grant on a topic, a subscription, a bucket or a dataset, by what it is on. */
const allGrants = perContext((context) => {
  const grants = Object.entries(targets).flatMap(([type, attribute]) =>
    forms.flatMap((form) =>
      context.terraform(`${type}_iam_${form}`).flatMap((resource) => {
        const on = keyOf(resource.body[attribute], type, resource.unit, context);
        return grantsOf(resource, context).map((grant) => ({ on, grant }));
      }),
    ),
  );
  return groupBy(grants, ({ on }) => on);
});

/** Who was granted what on a resource, by resources of their own. */
export function grantsOn(resource: TerraformResource, context: Context): readonly Grant[] {
  return grantsOnName(`\${${resource.address}.id}`, resource.type, resource.unit, context);
}

/** The same for whatever an attribute names; it may be made elsewhere. */
export function grantsOnName(name: unknown, type: string, unit: string, context: Context): readonly Grant[] {
  return (allGrants(context).get(keyOf(name, type, unit, context)) ?? []).map(({ grant }) => grant);
}

/** The address where it is in the output, else the last part of its name. */
function keyOf(name: unknown, type: string, unit: string, context: Context): string {
  const text = String(context.resolve(name, unit));
  return `${type} ${context.target(name, type, unit)?.address ?? text.split('/').at(-1) ?? ''}`;
}

/** The topics of the output that have a subscription. */
export const subscribed = perContext(
  (context) =>
    new Set(
      context
        .terraform('google_pubsub_subscription')
        .map(({ body, unit }) => context.target(body.topic, 'google_pubsub_topic', unit)),
    ),
);

export function isPublisher(role: string): boolean {
  return /^roles\/pubsub\.(publisher|editor|admin)$/.test(role);
}

export function isSubscriber(role: string): boolean {
  return /^roles\/pubsub\.(subscriber|editor|admin)$/.test(role);
}
