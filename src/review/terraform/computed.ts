import { readFileSync } from 'node:fs';
import { dataFile, factsOf } from './provider-facts';

let ids: Readonly<Record<string, string>> | undefined;

/** How the provider forms the id of a type, `projects/{{project}}/topics/{{name}}`; undefined where Google does. */
export function idTemplateOf(type: string): string | undefined {
  ids ??= (
    JSON.parse(readFileSync(dataFile('provider-google-6.50.0-ids.json'), 'utf8')) as {
      ids: Record<string, string>;
    }
  ).ids;
  return ids[type];
}

/** The arguments in a template. */
export function partsOfId(template: string): readonly string[] {
  return [...template.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
}

/**
 * What Google will call a thing, which the provider forms of arguments that never change: so that a written name, link
 * or e-mail and a reference to it are the same. Undefined for everything else that is computed.
 *
 * @see data/provider-google-6.50.0-ids.json
 */
export function computedOf(
  type: string,
  attribute: string,
  argument: (name: string) => string | undefined,
): string | undefined {
  if (type === 'google_service_account') return accountOf(attribute, argument);
  if (type === 'google_sql_database_instance' && attribute === 'connection_name') {
    return filled('{{project}}:{{region}}:{{name}}', argument);
  }
  const template = idTemplateOf(type);
  const facts = factsOf(type);
  // An id that an update would change is better left to a plan.
  const fixed = (name: string) => name === 'project' || facts?.get(name)?.forcesReplacement === true;
  if (template === undefined || !partsOfId(template).every(fixed)) return undefined;
  if (attribute === 'id') return filled(template, argument);
  if (attribute === 'self_link' && type.startsWith('google_compute_') && facts?.has('self_link')) {
    const id = filled(template, argument);
    return id === undefined ? undefined : `https://www.googleapis.com/compute/v1/${id}`;
  }
  return undefined;
}

function accountOf(attribute: string, argument: (name: string) => string | undefined): string | undefined {
  const email = filled('{{account_id}}@{{project}}.iam.gserviceaccount.com', argument);
  if (email === undefined) return undefined;
  switch (attribute) {
    case 'email':
      return email;
    case 'member':
      return `serviceAccount:${email}`;
    case 'id':
    case 'name':
      return filled(`projects/{{project}}/serviceAccounts/${email}`, argument);
    default:
      return undefined;
  }
}

function filled(template: string, argument: (name: string) => string | undefined): string | undefined {
  const values = new Map(partsOfId(template).map((name) => [name, argument(name)]));
  if ([...values.values()].includes(undefined)) return undefined;
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values.get(name) ?? '');
}
