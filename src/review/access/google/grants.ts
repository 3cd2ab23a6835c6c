import { canonical, embeddedJson, textOf } from '../../equal';
import { isTree, type Tree } from '../../types';
import type { Target } from '../permits';
import { blocks, keyOf, nameIn, placeIn, texts, type Thing, type Things } from './thing';

/** A role that is given to somebody on something. */
export interface Grant {
  readonly target: Target;
  /** `project`, `storage_bucket`: on what kind of thing it is. */
  readonly scope: string;
  /** Name of the thing that it is on. */
  readonly name: string;
  /** Project of the thing; empty where nobody says. */
  readonly project: string;
  readonly role: string;
  readonly principal: string;
  /** Expression of the condition; undefined for none. */
  readonly condition: string | undefined;
}

const iam = /^google_(.+)_iam_(member|binding|policy)$/;

/** Types that give roles beside those of IAM. */
const others: Readonly<Record<string, (thing: Thing) => Grant[]>> = {
  google_bigquery_dataset: (thing) => blocks(thing.values.access).flatMap((one) => ofDataset(thing, one)),
  google_bigquery_dataset_access: (thing) => ofDataset(thing, thing.values),
  google_storage_bucket_access_control: (thing) => [
    ofAcl(thing, textOf(thing.values.role), textOf(thing.values.entity), 'storage_bucket'),
  ],
  google_storage_default_object_access_control: (thing) => [
    ofAcl(
      thing,
      `${textOf(thing.values.role)} of new objects`,
      textOf(thing.values.entity),
      'storage_bucket',
    ),
  ],
  google_storage_object_access_control: (thing) => [
    ofAcl(
      thing,
      `${textOf(thing.values.role)} of ${textOf(thing.values.object)}`,
      textOf(thing.values.entity),
      'storage_bucket',
    ),
  ],
  google_storage_bucket_acl: (thing) => ofAclList(thing, ''),
  google_storage_default_object_acl: (thing) => ofAclList(thing, ' of new objects'),
  google_storage_object_acl: (thing) => ofAclList(thing, ` of ${textOf(thing.values.object)}`),
};

/** Whether a type gives roles to principals. */
export function isGranting(type: string): boolean {
  return iam.test(type) || type in others;
}

/** Every grant that a resource makes. */
export function grantsOf(thing: Thing, things: Things): Grant[] {
  const [, scope = '', form = ''] = iam.exec(thing.type) ?? [];
  if (form === '') return others[thing.type]?.(thing) ?? [];
  const { values } = thing;
  if (form === 'policy') {
    return policyOf(values.policy_data, things).flatMap(({ role, members, condition }) =>
      members.map((member) => grant(thing, scope, role, member, condition)),
    );
  }
  const members = form === 'member' ? texts(values.member) : texts(values.members);
  const condition = conditionOf(values.condition);
  return members.map((member) => grant(thing, scope, textOf(values.role), member, condition));
}

interface Binding {
  readonly role: string;
  readonly members: readonly string[];
  readonly condition: string | undefined;
}

/** The bindings of a policy that is written out or made by a data source; of any other, only that there is one. */
function policyOf(data: unknown, things: Things): Binding[] {
  const text = textOf(data);
  const [, source] = /^\$\{\s*data\.google_iam_policy\.([\w-]+)\.policy_data\s*\}$/.exec(text) ?? [];
  const made = things
    .of('data.google_iam_policy')
    .find(({ address }) => address.endsWith(`.${source ?? ''}`));
  const policy = source === undefined ? embeddedJson(text) : { bindings: made?.values.binding };
  if (!isTree(policy) || (source !== undefined && made === undefined)) {
    return [{ role: `the roles of ${text}`, members: [`whoever ${text} names`], condition: undefined }];
  }
  return blocks(policy.bindings).map(({ role, members, condition }) => ({
    role: textOf(role),
    members: texts(members),
    condition: conditionOf(condition),
  }));
}

/** A condition of nothing but a title is none. */
function conditionOf(value: unknown): string | undefined {
  const expression = textOf(blocks(value)[0]?.expression).trim();
  return expression === '' ? undefined : expression;
}

/** Arguments that say what is given, and not on what. */
const notOfTarget = new Set([
  'role',
  'member',
  'members',
  'condition',
  'policy_data',
  'etag',
  'id',
  'entity',
  'object',
  'role_entity',
  'predefined_acl',
  'default_acl',
  'access',
  'user_by_email',
  'group_by_email',
  'domain',
  'special_group',
  'iam_member',
  'view',
  'dataset',
  'routine',
  'api_updated_member',
]);

function grant(thing: Thing, scope: string, role: string, member: string, condition?: string): Grant {
  const { target, project, name } = targetOf(thing, scope);
  return { target, scope, name, project, role, principal: principalOf(member), condition };
}

/** What the arguments of a grant say that it is on. */
function targetOf(
  { values, address }: Thing,
  scope: string,
): { target: Target; project: string; name: string } {
  const own = Object.entries(values).filter(
    ([name, value]) => !notOfTarget.has(name) && value !== undefined && typeof value !== 'object',
  );
  const place: Record<string, string> = {};
  const names: string[] = [];
  for (const [name, value] of own) {
    const text = textOf(value);
    if (/^(project|region|zone|location|folder|org_id|organization)$/.test(name)) {
      place[name.replace('org_id', 'organization')] ??= keyOf(text);
    } else {
      Object.assign(place, placeIn(text));
      names.push(nameIn(text));
    }
  }
  // The name of a bucket and the e-mail of an account are theirs alone, wherever they are.
  const isUnique = scope === 'storage_bucket' || names.some((name) => name.includes('@'));
  const project = place.project ?? '';
  const key = canonical([scope, names.sort(), isUnique ? {} : place]);
  const name =
    names.length > 0 ? names.join('/') : (place.project ?? place.folder ?? place.organization ?? '');
  return { target: { key, shown: `${scope} ${name} (${address})` }, project, name };
}

/** A principal in the one form that Google keeps. */
export function principalOf(member: string): string {
  const [, kind = '', rest = ''] = /^([A-Za-z]+):(.*)$/s.exec(member) ?? [];
  if (kind === '') {
    const plain = member.toLowerCase();
    return plain === 'allusers'
      ? 'allUsers'
      : plain === 'allauthenticatedusers'
        ? 'allAuthenticatedUsers'
        : member;
  }
  if (kind.startsWith('principal')) return member;
  const known = ['serviceAccount', 'projectOwner', 'projectEditor', 'projectViewer'];
  const form = known.find((one) => one.toLowerCase() === kind.toLowerCase()) ?? kind.toLowerCase();
  return `${form}:${rest.includes('${') || rest.includes('[') ? rest : rest.toLowerCase()}`;
}

const datasetRoles: Readonly<Record<string, string>> = {
  READER: 'roles/bigquery.dataViewer',
  WRITER: 'roles/bigquery.dataEditor',
  OWNER: 'roles/bigquery.dataOwner',
};

function ofDataset(thing: Thing, access: Tree): Grant[] {
  const written = textOf(access.role);
  const role = datasetRoles[written] ?? written;
  const { dataset_id, project } = thing.values;
  const dataset = { ...thing, values: { dataset_id, project } };
  const condition = conditionOf(access.condition);
  const give = (member: string, what = role) => grant(dataset, 'bigquery_dataset', what, member, condition);
  const shared = (['view', 'dataset', 'routine'] as const).flatMap((kind) =>
    blocks(access[kind]).map((one) =>
      give(`${kind} ${canonical(one)}`, 'reads with the rights of the dataset'),
    ),
  );
  const special = textOf(access.special_group);
  return [
    ...texts(access.user_by_email).map((email) =>
      give(
        /gserviceaccount\.com$|google_service_account/.test(email)
          ? `serviceAccount:${email}`
          : `user:${email}`,
      ),
    ),
    ...texts(access.group_by_email).map((email) => give(`group:${email}`)),
    ...texts(access.domain).map((domain) => give(`domain:${domain}`)),
    ...texts(access.iam_member).map((member) => give(member)),
    ...(special === '' ? [] : [give(/^all/i.test(special) ? special : `${special} of the project`)]),
    ...shared,
  ];
}

/** `allUsers`, `user-a@example.com`, `project-owners-123`. */
function memberOf(entity: string): string {
  const [, kind, rest] = /^(user|group|domain)-(.+)$/.exec(entity) ?? [];
  if (kind === undefined || rest === undefined) return entity;
  return kind === 'user' && rest.endsWith('gserviceaccount.com')
    ? `serviceAccount:${rest}`
    : `${kind}:${rest}`;
}

function ofAcl(thing: Thing, role: string, entity: string, scope: string): Grant {
  const bucket = { ...thing, values: { bucket: thing.values.bucket } };
  return grant(bucket, scope, `ACL ${role}`, memberOf(entity));
}

/** What Google's ready-made lists give to whom. */
const predefined: Readonly<Record<string, readonly (readonly [role: string, entity: string])[]>> = {
  publicread: [['READER', 'allUsers']],
  publicreadwrite: [['WRITER', 'allUsers']],
  authenticatedread: [['READER', 'allAuthenticatedUsers']],
  private: [],
  projectprivate: [],
  bucketownerread: [],
  bucketownerfullcontrol: [],
};

function ofAclList(thing: Thing, of: string): Grant[] {
  const { role_entity: pairs, predefined_acl: named, default_acl: fallback } = thing.values;
  const listed = texts(pairs).map((pair) => {
    const [role = '', ...entity] = pair.split(':');
    return ofAcl(thing, `${role}${of}`, entity.join(':'), 'storage_bucket');
  });
  const ready = [
    ...texts(named).map((name) => [name, of] as const),
    ...texts(fallback).map((name) => [name, ' of new objects'] as const),
  ].flatMap(([name, suffix]) => {
    const given = predefined[name.toLowerCase()] ?? [[name, `whoever the list ${name} names`] as const];
    return given.map(([role, entity]) => ofAcl(thing, `${role}${suffix}`, entity, 'storage_bucket'));
  });
  return [...listed, ...ready];
}
