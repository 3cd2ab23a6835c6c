import type { Context } from '../context';
import { grantsOn, grantsOnName, isPublisher } from '../messaging';
import { shown, textOf } from '../tree';
import { notApplicable, type Rule, type TerraformResource, type Violation, verdictOf } from '../types';

/** Service of a destination → the type of what is written to, and the roles that are enough. */
const destinations: Readonly<
  Record<string, { readonly type: string; readonly isEnough: (role: string) => boolean }>
> = {
  'storage.googleapis.com': {
    type: 'google_storage_bucket',
    isEnough: (role) => /^roles\/storage\.(object(Creator|User|Admin)|admin)$/.test(role),
  },
  'pubsub.googleapis.com': { type: 'google_pubsub_topic', isEnough: isPublisher },
  'bigquery.googleapis.com': {
    type: 'google_bigquery_dataset',
    isEnough: (role) => /^roles\/bigquery\.(dataEditor|dataOwner|admin)$/.test(role),
  },
};

function findings(sink: TerraformResource, context: Context): Violation[] {
  const destination = textOf(context.resolve(sink.body.destination, sink.unit));
  const service = destination.split('/')[0] ?? '';
  const known = destinations[service];
  if (known === undefined) return [];
  const { type, isEnough } = known;
  const name = destination.slice(service.length + 1);
  const dataset = context
    .terraform(type)
    .find(({ body, unit }) => context.resolve(body.dataset_id, unit) === name.split('/').at(-1));
  const grants =
    dataset === undefined ? grantsOnName(name, type, sink.unit, context) : grantsOn(dataset, context);
  const writer = `\${${sink.address}.writer_identity}`;
  // A reference means the sink of the same stack: addresses are told apart by nothing else.
  const may = grants.some(
    ({ role, members, resource }) =>
      resource.unit === sink.unit && isEnough(role) && members.includes(writer),
  );
  if (may) return [];
  const found = `${shown(sink.body.destination)}, where its writer_identity may not write`;
  return [{ path: 'destination', found, wanted: 'a grant to its writer_identity' }];
}

export const sinkGrant: Rule = {
  id: 'TL-LOG-003',
  title: 'A log sink may not write where it should',
  severity: 'error',
  why: 'Its entries are dropped, and only an e-mail to the owners of the project says so',
  fix: 'grant its writer_identity the right to write on the bucket, the topic or the dataset',
  see: 'https://cloud.google.com/logging/docs/export/configure_export_v2#dest-auth',
  types: ['google_logging_project_sink'],
  checks: (resource, context) =>
    resource.kind === 'terraform' && resource.type === 'google_logging_project_sink'
      ? verdictOf(findings(resource, context))
      : notApplicable,
};
