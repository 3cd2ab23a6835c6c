import type { ConfigPath } from '../config/problem';
import type { DeclaredInstance } from './database-checks';
import { fit, limits } from './names';
import type { DatabaseLogin, DatabaseRole, DatabaseUser, SecretValue } from './platform';
import { compare, type Scope, secretDefaults, secretId, sortedEntries } from './scope';

/** Logins that Cloud SQL or the platform make themselves. */
const takenNames = /^(postgres|cloudsql.*|tapline-.*)$/;

/** The secret of a login with a password; workloads may name it in their `env` like any other. */
export function addLoginSecret(scope: Scope, instance: string, user: string, origin: ConfigPath): void {
  const key = loginSecret(instance, user);
  if (scope.secrets.has(key)) {
    scope.problems.add({
      path: origin,
      at: 'key',
      message: `another login has the secret '${key}' already`,
      found: user,
      allowed: 'instances and users whose joined names differ',
      fix: 'rename the user',
    });
  }
  const value: SecretValue = {
    key: 'password',
    namespace: null,
    secretId: secretId(scope, key, 'password'),
    source: 'generated',
    format: 'alphanumeric',
    origin,
  };
  const namespaces = [...scope.namespaces.keys()].sort(compare);
  scope.secrets.set(key, {
    ...secretDefaults(scope.config),
    key,
    values: [value],
    namespaces,
    readers: [],
    origin,
  });
}

function loginSecret(instance: string, user: string): string {
  return `tapline-login-${instance}-${user}`;
}

/**
 * The logins that the configuration declares, and the roles that they are members of.
 * @param workloads names of the logins of workloads
 * @param copied databases that workloads use on a copy of the instance
 */
export function resolveLogins(
  scope: Scope,
  instance: string,
  { config, origin }: DeclaredInstance,
  workloads: ReadonlySet<string>,
  copied: ReadonlySet<string>,
): { readonly logins: DatabaseLogin[]; readonly roles: DatabaseRole[] } {
  const members = new Map<string, string[]>();
  const owners = new Map<string, string>();
  const logins = sortedEntries(config.users).map(([key, user]): DatabaseLogin => {
    const path = [...origin, 'users', key];
    const [kind, email] = memberOf(scope, user, path);
    const name = kind === 'password' ? key : email.replace(/\.gserviceaccount\.com$/, '');
    checkLoginName(scope, name, kind, key, config.roles, path);
    const owner = workloads.has(name) ? 'a workload of the platform' : owners.get(name);
    if (owner !== undefined) {
      scope.problems.add({
        path: [...path, 'member'],
        message: `${owner} has this login already`,
        found: user.member ?? name,
        allowed: 'each login once',
        fix: 'remove one of the two',
      });
    }
    owners.set(name, `databases.${instance}.users.${key}`);
    const declaredRoles = new Map(Object.entries(config.roles));
    user.roles?.forEach((role, i) => {
      scope.problems.reference([...path, 'roles', i], role, 'role', [...origin, 'roles'], declaredRoles);
    });
    const databases = databasesOf(scope, user.databases, config.databases, path, origin);
    const inherited = user.databases === undefined && user.roles !== undefined ? [] : databases;
    for (const role of [...(user.roles ?? []), ...inherited.map((one) => accessRole(user.access, one))]) {
      members.set(role, [...(members.get(role) ?? []), name].sort(compare));
    }
    return {
      key,
      name,
      kind,
      member: user.member ?? null,
      password: kind === 'password' ? passwordOf(scope, instance, key) : null,
      origin: path,
    };
  });
  const roles = [
    ...declaredRoles(scope, { config, origin }, members),
    ...accessRoles({ config, origin }, members, copied),
  ];
  return { logins, roles: roles.sort((a, b) => compare(a.name, b.name)) };
}

function declaredRoles(
  scope: Scope,
  { config, origin }: DeclaredInstance,
  members: ReadonlyMap<string, readonly string[]>,
): DatabaseRole[] {
  return sortedEntries(config.roles).map(([name, role]) => {
    const path = [...origin, 'roles', name];
    if (takenNames.test(name)) {
      scope.problems.add({
        path,
        at: 'key',
        message: `the role '${name}' belongs to Cloud SQL or the platform`,
        found: name,
        allowed: 'a name that does not begin with cloudsql or tapline-',
        fix: 'choose another name',
      });
    }
    return {
      name,
      databases: databasesOf(scope, role.databases, config.databases, path, origin),
      read: [...new Set([...role.read, ...role.write])].sort(compare),
      write: [...new Set(role.write)].sort(compare),
      create: false,
      members: members.get(name) ?? [],
      origin: path,
    };
  });
}

/** The roles that `access` stands for: one for each kind of access and each database where somebody has it. */
function accessRoles(
  { config, origin }: DeclaredInstance,
  members: ReadonlyMap<string, readonly string[]>,
  copied: ReadonlySet<string>,
): DatabaseRole[] {
  return (['read', 'write', 'own'] as const).flatMap((access) =>
    config.databases.flatMap((database): DatabaseRole[] => {
      const name = accessRole(access, database);
      const users = members.get(name) ?? [];
      if (users.length === 0 && !(access === 'write' && copied.has(database))) return [];
      return [
        {
          name,
          databases: [database],
          read: 'all',
          write: access === 'read' ? [] : 'all',
          create: access === 'own',
          members: users,
          origin: [...origin, 'users'],
        },
      ];
    }),
  );
}

/**
 * On a copy, where tables belong to the workloads of the original: its own workloads join the role that may change them.
 */
export function rolesOfCopy({ origin }: DeclaredInstance, users: readonly DatabaseUser[]): DatabaseRole[] {
  const databases = [...new Set(users.flatMap((user) => user.databases))].sort(compare);
  return databases.map((database) => ({
    name: accessRole('write', database),
    databases: [database],
    read: 'all',
    write: 'all',
    create: false,
    members: users.filter((user) => user.databases.includes(database)).map(({ name }) => name),
    origin,
  }));
}

/** Keys hold no underscore, so no declared role has such a name. */
function accessRole(access: 'read' | 'write' | 'own', database: string): string {
  return fit(limits.sqlUser, `tapline_${access}`, database);
}

function memberOf(
  { problems }: Scope,
  user: DeclaredInstance['config']['users'][string],
  path: ConfigPath,
): [DatabaseLogin['kind'], string] {
  if (user.login === 'password') {
    if (user.member !== undefined) {
      problems.add({
        path: [...path, 'member'],
        message: 'a login with a password is nobody of IAM',
        found: user.member,
        allowed: 'member with login: iam only',
        fix: 'remove it, or remove login: password, which is safer',
      });
    }
    return ['password', ''];
  }
  if (user.member === undefined) {
    problems.add({
      path,
      message: 'a login by IAM must say whose it is',
      allowed: 'member: user:, group: or serviceAccount: with an e-mail address',
      fix: 'add member: group:analysts@example.com, or login: password',
      dependsOn: [[...path, 'member']],
    });
    return ['user', ''];
  }
  const colon = user.member.indexOf(':');
  return [user.member.slice(0, colon) as 'user' | 'group' | 'serviceAccount', user.member.slice(colon + 1)];
}

function checkLoginName(
  { problems }: Scope,
  name: string,
  kind: DatabaseLogin['kind'],
  key: string,
  roles: object,
  path: ConfigPath,
): void {
  if (name.length > limits.sqlUser) {
    problems.add({
      path: [...path, 'member'],
      message: `PostgreSQL takes names of ${limits.sqlUser} characters`,
      found: `${name}, ${name.length} characters`,
      allowed: `at most ${limits.sqlUser}; .gserviceaccount.com does not count`,
      fix: 'let a group with a shorter address log in',
    });
  }
  if (kind === 'password' && (takenNames.test(key) || key in roles)) {
    problems.add({
      path,
      at: 'key',
      message: `the login '${key}' ${key in roles ? 'has the name of a role' : 'belongs to Cloud SQL or the platform'}`,
      found: key,
      allowed: 'a name that no role has and that does not begin with cloudsql or tapline-',
      fix: 'choose another name',
    });
  }
}

/** The databases that are named, or all; adds a problem for each that the instance does not have. */
function databasesOf(
  { problems }: Scope,
  asked: readonly string[] | undefined,
  declared: readonly string[],
  path: ConfigPath,
  origin: ConfigPath,
): string[] {
  asked?.forEach((name, i) => {
    problems.reference(
      [...path, 'databases', i],
      name,
      'database',
      [...origin, 'databases'],
      new Map(declared.map((one) => [one, one])),
      'on the instance',
    );
  });
  return [...new Set(asked ?? declared)].sort(compare);
}

function passwordOf(scope: Scope, instance: string, user: string): DatabaseLogin['password'] {
  const secret = scope.secrets.get(loginSecret(instance, user));
  const [value] = secret?.values ?? [];
  if (secret === undefined || value === undefined)
    throw new Error(`no secret was added for the login ${user}`);
  return { secret: secret.key, value };
}
