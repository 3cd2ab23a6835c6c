import { selects } from '../../../sets/label-selector';
import { canonical } from '../../equal';
import type { KubernetesObject } from '../../kubernetes/object';
import type { AccessChange, Tree } from '../../types';
import { verdictOf } from '../permits';
import { at, namespaceOf, type Objects, textAt, textsIn, treeAt, treesIn } from './objects';

/**
 * One thing that a rule allows, in which `*` stands for everything: a verb on a kind of object and perhaps one name, or a
 * verb on an address that is none.
 */
interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly name: string;
  readonly isUrl: boolean;
}

const everything: readonly Right[] = [
  { verb: '*', group: '*', resource: '*', name: '*', isUrl: false },
  { verb: '*', group: '', resource: '*', name: '*', isUrl: true },
];

/** Roles that come with Kubernetes, each with those that it holds. */
const builtIn: Readonly<Record<string, readonly string[]>> = {
  view: ['view'],
  edit: ['edit', 'view'],
  admin: ['admin', 'edit', 'view'],
};

export const rbacKinds = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];

/** Who may do what with the API, role by role and binding by binding. */
export function compareRbac(before: Objects, after: Objects): AccessChange[] {
  const [old, now] = [new Rules(before), new Rules(after)];
  const keys = new Set([...old.subjects.keys(), ...now.subjects.keys()]);
  const rows = [...keys].flatMap((key) => compareSubject(key, old, now));
  return [...rows, ...compareRoles(old, now)];
}

interface Binding {
  readonly subject: string;
  /** Namespace in which it counts; empty for all. */
  readonly scope: string;
  readonly role: string;
  readonly object: KubernetesObject;
}

class Rules {
  readonly roles: ReadonlyMap<string, KubernetesObject>;
  readonly bindings: readonly Binding[];
  /** Bindings by subject and scope. */
  readonly subjects = new Map<string, Binding[]>();
  private readonly bySubject = new Map<string, Binding[]>();
  private readonly rights = new Map<string, readonly Right[]>();

  constructor(private readonly objects: Objects) {
    this.roles = new Map(
      objects
        .of('Role', 'ClusterRole')
        .filter(({ group }) => group === 'rbac.authorization.k8s.io')
        .map((role) => [keyOf(role), role]),
    );
    this.bindings = objects
      .of('RoleBinding', 'ClusterRoleBinding')
      .filter(({ group }) => group === 'rbac.authorization.k8s.io')
      .flatMap(bindingsOf);
    for (const binding of this.bindings) {
      add(this.subjects, `${binding.subject}\n${binding.scope}`, binding);
      add(this.bySubject, binding.subject, binding);
    }
  }

  /** What a subject may do in a namespace, or everywhere, by whatever binding, of itself or of a group that it is in. */
  of(subject: string, scope: string): readonly Right[] {
    return groupsOf(subject).flatMap((name) =>
      (this.bySubject.get(name) ?? [])
        .filter((binding) => binding.scope === '' || binding.scope === scope)
        .flatMap(({ role }) => this.rightsOf(role)),
    );
  }

  rightsOf(key: string): readonly Right[] {
    const known = this.rights.get(key);
    if (known !== undefined) return known;
    const found = this.read(key);
    this.rights.set(key, found);
    return found;
  }

  private read(key: string): readonly Right[] {
    const role = this.roles.get(key);
    const name = key.slice(key.lastIndexOf('/') + 1);
    if (role === undefined) {
      if (key === 'ClusterRole//cluster-admin') return everything;
      const held = key.startsWith('ClusterRole//') ? (builtIn[name] ?? [name]) : [key];
      const own = held.map((one) => opaque(`the rights of ${one}`));
      return [...own, ...this.aggregatedInto(name)];
    }
    const selectors = treesIn(at(role.body, 'aggregationRule', 'clusterRoleSelectors'));
    if (selectors.length === 0) return treesIn(role.body.rules).flatMap(rightsIn);
    // The cluster writes the rules of such a role itself.
    return [...this.roles.values()].flatMap((other) =>
      other.kind === 'ClusterRole' &&
      other !== role &&
      selectors.some((selector) => selects(selector, treeAt(other.body, 'metadata', 'labels')))
        ? this.rightsOf(keyOf(other))
        : [],
    );
  }

  /** Roles of our own that say they belong to one that comes with Kubernetes. */
  private aggregatedInto(name: string): Right[] {
    const held = builtIn[name] ?? [];
    return this.objects.of('ClusterRole').flatMap((role) => {
      const labels = treeAt(role.body, 'metadata', 'labels');
      const belongs = held.some(
        (one) => String(labels[`rbac.authorization.k8s.io/aggregate-to-${one}`]) === 'true',
      );
      return belongs ? [...this.rightsOf(keyOf(role))] : [];
    });
  }
}

function opaque(text: string): Right {
  return { verb: text, group: '', resource: '', name: '', isUrl: true };
}

function keyOf(role: KubernetesObject): string {
  return `${role.kind}/${role.kind === 'Role' ? namespaceOf(role) : ''}/${role.name}`;
}

function bindingsOf(object: KubernetesObject): Binding[] {
  const scope = object.kind === 'RoleBinding' ? namespaceOf(object) : '';
  const kind = textAt(object.body, 'roleRef', 'kind');
  const role = `${kind}/${kind === 'Role' ? scope : ''}/${textAt(object.body, 'roleRef', 'name')}`;
  return treesIn(object.body.subjects).map((subject) => ({
    subject: subjectOf(subject, scope),
    scope,
    role,
    object,
  }));
}

/** A service account has a name as a user as well. */
function subjectOf(subject: Tree, namespace: string): string {
  const [kind, name] = [textAt(subject, 'kind'), textAt(subject, 'name')];
  if (kind === 'ServiceAccount') return `ServiceAccount ${textAt(subject, 'namespace') || namespace}/${name}`;
  const [, space, account] = /^system:serviceaccount:([^:]+):(.+)$/.exec(name) ?? [];
  return kind === 'User' && space !== undefined
    ? `ServiceAccount ${space}/${account ?? ''}`
    : `${kind} ${name}`;
}

/** A subject, and the groups that the cluster puts it in. */
function groupsOf(subject: string): string[] {
  const [, namespace] = /^ServiceAccount ([^/]+)\//.exec(subject) ?? [];
  if (namespace !== undefined) {
    return [
      subject,
      `Group system:serviceaccounts:${namespace}`,
      'Group system:serviceaccounts',
      'Group system:authenticated',
    ];
  }
  if (subject.startsWith('Group system:serviceaccounts:')) {
    return [subject, 'Group system:serviceaccounts', 'Group system:authenticated'];
  }
  const isKnown = subject !== 'Group system:unauthenticated' && subject !== 'User system:anonymous';
  if (subject === 'User system:anonymous') return [subject, 'Group system:unauthenticated'];
  return isKnown && subject !== 'Group system:authenticated'
    ? [subject, 'Group system:authenticated']
    : [subject];
}

function rightsIn(rule: Tree): Right[] {
  const verbs = textsIn(rule.verbs);
  const names = textsIn(rule.resourceNames);
  const objects = verbs.flatMap((verb) =>
    textsIn(rule.apiGroups).flatMap((group) =>
      textsIn(rule.resources).flatMap((resource) =>
        (names.length === 0 ? ['*'] : names).map((name) => ({ verb, group, resource, name, isUrl: false })),
      ),
    ),
  );
  const urls = verbs.flatMap((verb) =>
    textsIn(rule.nonResourceURLs).map((url) => ({ verb, group: '', resource: url, name: '*', isUrl: true })),
  );
  return [...objects, ...urls];
}

/** Whether one right holds the other. As what `*` stands for has no end, none but a `*` holds a `*`. */
function covers(wide: Right, narrow: Right): boolean {
  const fits = (one: string, other: string) => one === '*' || one === other;
  if (wide.isUrl !== narrow.isUrl || !fits(wide.verb, narrow.verb)) return false;
  if (wide.isUrl) return coversUrl(wide.resource, narrow.resource);
  if (!fits(wide.group, narrow.group) || !fits(wide.name, narrow.name)) return false;
  if (fits(wide.resource, narrow.resource)) return true;
  const [, part] = /^\*\/(.+)$/.exec(wide.resource) ?? [];
  return part !== undefined && narrow.resource.endsWith(`/${part}`);
}

function coversUrl(wide: string, narrow: string): boolean {
  return wide === narrow || (wide.endsWith('*') && narrow.startsWith(wide.slice(0, -1)));
}

/** The rights that no other holds, each once. */
function without(rights: readonly Right[], others: readonly Right[]): Right[] {
  return rights.filter((right) => !others.some((other) => covers(other, right)));
}

function compareSubject(key: string, old: Rules, now: Rules): AccessChange[] {
  const [subject = '', scope = ''] = key.split('\n');
  const [was, is] = [old.of(subject, scope), now.of(subject, scope)];
  if (canonical(was) === canonical(is)) return [];
  const [gained, lost] = [without(is, was), without(was, is)];
  const verdict = verdictOf(gained.length > 0, lost.length > 0);
  if (verdict === undefined) return [];
  const own = [...(old.subjects.get(key) ?? []), ...(now.subjects.get(key) ?? [])];
  const objects = [...new Set(own.flatMap(({ object, role }) => [object.address, role]))];
  return [
    {
      principal: subject,
      resource: `${scope === '' ? 'the whole cluster' : `namespace ${scope}`} (${objects.slice(0, 4).join(', ')})`,
      verdict,
      before: told(lost),
      after: told(gained),
    },
  ];
}

/** Somebody that is not in this output may be bound to a role. */
function compareRoles(old: Rules, now: Rules): AccessChange[] {
  const bound = new Set([...old.bindings, ...now.bindings].map(({ role }) => role));
  const builtIns = Object.keys(builtIn).map((name) => `ClusterRole//${name}`);
  return [...new Set([...now.roles.keys(), ...builtIns])].flatMap((key): AccessChange[] => {
    const isOurs = now.roles.has(key);
    if ((isOurs && !old.roles.has(key)) || bound.has(key)) return [];
    const [was, is] = [old.rightsOf(key), now.rightsOf(key)];
    const [gained, lost] = [without(is, was), without(was, is)];
    const verdict = verdictOf(gained.length > 0, lost.length > 0);
    if (verdict === undefined) return [];
    const name = key.slice(key.lastIndexOf('/') + 1);
    return [
      {
        principal: `whoever is bound to ${key.slice(0, key.indexOf('/'))} ${name}`,
        resource: now.roles.get(key)?.address ?? `rbac.authorization.k8s.io/v1/ClusterRole//${name}`,
        verdict,
        before: told(lost),
        after: told(gained),
      },
    ];
  });
}

/** Rights as people say them, those that differ in one part together. */
function told(rights: readonly Right[]): string[] {
  const byRest = new Map<string, { right: Right; verbs: Set<string> }>();
  for (const right of rights) {
    const rest = [right.group, right.resource, right.name, String(right.isUrl)].join('\n');
    const group = byRest.get(rest) ?? { right, verbs: new Set() };
    group.verbs.add(right.verb);
    byRest.set(rest, group);
  }
  return [...byRest.values()]
    .map(({ right: { group, resource, name, isUrl }, verbs }) => {
      const what = isUrl || group === '' ? resource : `${resource}.${group}`;
      return `${[...verbs].sort().join(', ')} ${what}${name === '*' || name === '' ? '' : ` ${name}`}`.trim();
    })
    .sort();
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
