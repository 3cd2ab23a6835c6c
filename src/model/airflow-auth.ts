import { listed, nearest } from '../config/nearest';
import type { ConfigPath } from '../config/problem';
import type { AirflowConfig } from '../config/schema/airflow';
import type { AirflowAuthConfig } from '../config/schema/airflow-auth';
import { fabResources, isSingleDag } from './fab-resources';
import type { ReadSecret } from './airflow-dags';
import { compare, type Scope, sortedEntries } from './scope';
import type { AirflowAuth, AirflowOauth, AirflowRelease, AirflowRole } from './types/airflow';

/** Roles that the FAB auth manager makes and keeps itself. */
export const builtInRoles = ['Admin', 'Op', 'Public', 'User', 'Viewer'] as const;

/** Roles, people and sign-in of an Airflow. */
export function resolveAuth(
  scope: Scope,
  { auth, host }: AirflowConfig,
  release: AirflowRelease,
  origin: ConfigPath,
  read: ReadSecret,
): AirflowAuth {
  const path = [...origin, 'auth'];
  const known = new Map(
    [...builtInRoles, ...Object.keys(auth.roles)].sort(compare).map((name) => [name, name]),
  );
  const checkRole = (name: string, at: ConfigPath): void => {
    scope.problems.reference(at, name, 'role', [...path, 'roles'], known);
  };
  return {
    roles: resolveRoles(scope, auth.roles, release, [...path, 'roles']),
    users: sortedEntries(auth.users).map(([login, user]) => {
      const at = [...path, 'users', login];
      if (auth.oauth !== undefined) {
        scope.problems.add({
          path: at,
          at: 'key',
          message: 'with oauth nobody signs in with a password',
          found: login,
          allowed: 'users without oauth',
          fix: 'remove it, and give the roles under oauth.people by their e-mail address',
          dependsOn: [[...path, 'oauth']],
        });
      }
      user.roles.forEach((role, i) => {
        checkRole(role, [...at, 'roles', i]);
      });
      return {
        login,
        email: user.email,
        firstName: user.firstName ?? login,
        lastName: user.lastName ?? login,
        roles: [...new Set(user.roles)].sort(compare),
        password: read(user.password, [...at, 'password', 'secret']),
      };
    }),
    oauth:
      auth.oauth === undefined
        ? null
        : resolveOauth(scope, auth.oauth, host, [...path, 'oauth'], checkRole, read),
  };
}

function resolveRoles(
  scope: Scope,
  roles: AirflowAuthConfig['roles'],
  release: AirflowRelease,
  path: ConfigPath,
): AirflowRole[] {
  const resources = fabResources(release);
  return sortedEntries(roles).map(([name, permissions]) => {
    if ((builtInRoles as readonly string[]).includes(name)) {
      scope.problems.add({
        path: [...path, name],
        at: 'key',
        message: `the role '${name}' is made by Airflow, which also says what it may do`,
        found: name,
        allowed: `any name but ${builtInRoles.join(', ')}`,
        fix: 'choose another name',
      });
    }
    for (const resource of Object.keys(permissions)) {
      if (resources.includes(resource) || isSingleDag(resource)) continue;
      const near = nearest(resource, resources);
      scope.problems.add({
        path: [...path, name, resource],
        at: 'key',
        message: `Airflow ${release} knows no resource '${resource}'`,
        found: resource,
        allowed: `${listed(resources)}, DAG:ID or DAG Run:ID`,
        fix: near === undefined ? 'name one of these' : `did you mean '${near}'?`,
      });
    }
    return {
      name,
      permissions: sortedEntries(permissions).flatMap(([resource, actions]) =>
        [...new Set(actions)].sort(compare).map((action) => ({ action, resource })),
      ),
    };
  });
}

function resolveOauth(
  scope: Scope,
  oauth: NonNullable<AirflowAuthConfig['oauth']>,
  host: string | undefined,
  path: ConfigPath,
  checkRole: (name: string, at: ConfigPath) => void,
  read: ReadSecret,
): AirflowOauth {
  if (host === undefined) {
    scope.problems.add({
      path,
      at: 'key',
      message: 'the issuer sends people back to the host of this Airflow, and it has none',
      allowed: 'oauth beside host',
      fix: 'add host: airflow.example.com to the Airflow',
      dependsOn: [[...path.slice(0, 2), 'host']],
    });
  }
  const rolesOf = (section: 'groups' | 'people') =>
    sortedEntries(oauth[section]).map(([who, roles]) => {
      roles.forEach((role, i) => {
        checkRole(role, [...path, section, who, i]);
      });
      return { who, roles: [...new Set(roles)].sort(compare) };
    });
  checkRole(oauth.defaultRole, [...path, 'defaultRole']);
  return {
    issuer: oauth.issuer.replace(/\/+$/, ''),
    clientId: read(oauth.clientId, [...path, 'clientId', 'secret']),
    clientSecret: read(oauth.clientSecret, [...path, 'clientSecret', 'secret']),
    scopes: [...new Set(['openid', 'email', 'profile', ...oauth.scopes])],
    groupsClaim: oauth.groupsClaim,
    groups: rolesOf('groups'),
    people: rolesOf('people'),
    defaultRole: oauth.defaultRole,
  };
}
