import { textOf } from '../../equal';
import type { AccessChange } from '../../types';
import { implies } from './conditions';
import { type Grant, grantsOf, isGranting } from './grants';
import { rolesWithin } from './roles';
import { keyOf, texts, type Thing, type Things } from './thing';

const customRoles = new Set(['google_project_iam_custom_role', 'google_organization_iam_custom_role']);

/** Whether a resource takes part in who may do what at Google. */
export function isOfIam(type: string): boolean {
  return isGranting(type) || customRoles.has(type);
}

/**
 * Compares who holds which rights on what. A right that another grant gives as well is no gain: by a role that holds the
 * other, on the project that the thing is in, to everybody, or under a condition that is weaker.
 */
export function compareIam(before: Things, after: Things): AccessChange[] {
  const [old, now] = [new Rights(before), new Rights(after)];
  const pairs = new Map<string, Grant>();
  for (const grant of [...old.grants, ...now.grants])
    pairs.set(`${grant.target.key}\n${grant.principal}`, grant);
  const rows = [...pairs.values()].flatMap((grant) => comparePair(grant, old, now));
  return [...rows, ...compareCustomRoles(old, now)];
}

function comparePair(grant: Grant, old: Rights, now: Rights): AccessChange[] {
  const [was, is] = [old.of(grant), now.of(grant)];
  const seen = { gains: false, loses: false, unsure: false };
  for (const right of new Set([...was.keys(), ...is.keys()])) {
    const [one, other] = [was.get(right) ?? [], is.get(right) ?? []];
    const [stays, stayed] = [implies(other, one), implies(one, other)];
    if (stays === 'no') seen.gains = true;
    if (stayed === 'no') seen.loses = true;
    if (stays === 'unknown' || stayed === 'unknown') seen.unsure = true;
  }
  if (!seen.gains && !seen.loses && !seen.unsure) return [];
  return [
    {
      principal: grant.principal,
      resource: grant.target.shown,
      verdict: seen.unsure
        ? seen.gains
          ? 'mixed'
          : 'unknown'
        : seen.gains
          ? seen.loses
            ? 'mixed'
            : 'broadened'
          : 'narrowed',
      before: old.told(grant),
      after: now.told(grant),
    },
  ];
}

/** Conditions under which a right is held; undefined stands for none. */
type Held = Map<string, (string | undefined)[]>;

interface CustomRole {
  readonly thing: Thing;
  readonly permissions: readonly string[];
}

/** One state of all grants. */
class Rights {
  readonly grants: readonly Grant[];
  readonly roles: ReadonlyMap<string, CustomRole>;
  private readonly byTarget = new Map<string, Grant[]>();
  private readonly byProject = new Map<string, Grant[]>();

  constructor(things: Things) {
    this.grants = things.all.flatMap((thing) =>
      isGranting(thing.type) ? grantsOf(thing, things).map((grant) => withProject(grant, things)) : [],
    );
    this.roles = new Map(
      [...customRoles].flatMap((type) =>
        things.of(type).flatMap((thing) => {
          const isOff = thing.values.stage === 'DISABLED';
          const role = { thing, permissions: isOff ? [] : texts(thing.values.permissions) };
          return [[thing.address, role] as const, [nameOfRole(thing), role] as const];
        }),
      ),
    );
    for (const grant of this.grants) {
      push(this.byTarget, grant.target.key, grant);
      const holder = isMany(grant.principal) ? '' : grant.principal;
      if (grant.scope === 'project') push(this.byProject, `${grant.project}\n${holder}`, grant);
    }
  }

  /** What the principal of a grant may do with the thing of it, by whatever grant. */
  of({ target, project, scope, principal }: Grant): Held {
    const here = this.byTarget.get(target.key) ?? [];
    const above =
      scope === 'project' || project === ''
        ? []
        : ['', principal].flatMap((holder) => this.byProject.get(`${project}\n${holder}`) ?? []);
    const held: Held = new Map();
    for (const grant of [...here, ...above]) {
      if (!isMeant(principal, grant.principal)) continue;
      for (const right of this.rightsOf(grant.role)) {
        const conditions = held.get(right);
        if (conditions === undefined) held.set(right, [grant.condition]);
        else conditions.push(grant.condition);
      }
    }
    return held;
  }

  /** The roles that stand there for a principal, as a reader sees them. */
  told({ target, principal }: Grant): string[] {
    const own = (this.byTarget.get(target.key) ?? []).filter((grant) => grant.principal === principal);
    return [
      ...new Set(
        own.map(({ role, condition }) => (condition === undefined ? role : `${role} if ${condition}`)),
      ),
    ].sort();
  }

  customRole(role: string): CustomRole | undefined {
    if (role.startsWith('roles/')) return undefined;
    return this.roles.get(role) ?? this.roles.get(keyOf(role));
  }

  private rightsOf(role: string): Iterable<string> {
    const custom = this.customRole(role);
    return custom === undefined ? rolesWithin(role) : custom.permissions;
  }
}

/** `projects/p/roles/id`, as a grant names it; by its id alone where nobody says the project. */
function nameOfRole({ values }: Thing): string {
  const id = textOf(values.role_id);
  if (values.org_id !== undefined) return `organizations/${textOf(values.org_id)}/roles/${id}`;
  return values.project === undefined ? id : `projects/${textOf(values.project)}/roles/${id}`;
}

/** A bucket says nothing of its project where somebody is given something on it. */
function withProject(grant: Grant, things: Things): Grant {
  if (grant.project !== '' || grant.scope === 'project') return grant;
  const thing = things.named(`google_${grant.scope}`, grant.name);
  const project = keyOf(thing?.values.project);
  return project === '' ? grant : { ...grant, project };
}

/** Whether it stands for many, so that a grant to it may be one to others as well. */
function isMany(principal: string): boolean {
  return (
    principal.startsWith('all') || principal.startsWith('domain:') || principal.startsWith('principalSet:')
  );
}

/** Whether a grant to somebody is one to the other as well. */
function isMeant(principal: string, granted: string): boolean {
  if (principal === granted || granted === 'allUsers') return true;
  const isPerson = /^(user|serviceAccount|group|domain|principal|principalSet):/.test(principal);
  if (granted === 'allAuthenticatedUsers') return isPerson && !principal.includes('svc.id.goog[');
  if (granted.startsWith('domain:')) {
    return principal.startsWith('user:') && principal.endsWith(`@${granted.slice('domain:'.length)}`);
  }
  if (granted.startsWith('principalSet:') && granted.endsWith('/*')) {
    const pool = granted.slice('principalSet:'.length, -1);
    return (
      /^principal(Set)?:/.test(principal) && principal.slice(principal.indexOf(':') + 1).startsWith(pool)
    );
  }
  return false;
}

/** Whoever holds a role of our own may do what it says, here or where nobody sees it. */
function compareCustomRoles(old: Rights, now: Rights): AccessChange[] {
  const seen = new Set<string>();
  return [...now.roles].flatMap(([name, role]) => {
    const previous = old.roles.get(name);
    if (previous === undefined || seen.has(role.thing.address)) return [];
    seen.add(role.thing.address);
    const [was, is] = [new Set(previous.permissions), new Set(role.permissions)];
    const gained = [...is].filter((permission) => !was.has(permission));
    const lost = [...was].filter((permission) => !is.has(permission));
    if (gained.length === 0 && lost.length === 0) return [];
    const id = textOf(role.thing.values.role_id);
    return [
      {
        principal: `whoever holds the role ${id}`,
        resource: `role ${id} (${role.thing.address})`,
        verdict: gained.length === 0 ? 'narrowed' : lost.length === 0 ? 'broadened' : 'mixed',
        before: [...was].sort(),
        after: [...is].sort(),
      } as const,
    ];
  });
}

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
