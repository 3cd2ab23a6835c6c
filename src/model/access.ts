import { listed, nearest } from '../config/nearest';
import type { ConfigPath } from '../config/problem';
import { requiredApis, type Uses } from './apis';
import { resolveCi } from './ci';
import { fit, limits } from './names';
import { compare, type Scope, sortedEntries } from './scope';
import type { CustomRole, GrantedRole, GroupAccess, ProjectAccess } from './types/access';

/**
 * Roles that belong together, after what GitLab's data team recommends for its engineers and for developing with
 * Airflow; analysts have what reading needs.
 * @see https://handbook.gitlab.com/handbook/enterprise-data/platform/infrastructure/
 */
const presets = {
  engineer: ['roles/cloudsql.admin', 'roles/container.admin', 'roles/storage.admin'],
  developer: [
    'roles/cloudsql.client',
    'roles/container.developer',
    'roles/storage.objectCreator',
    'roles/storage.objectViewer',
  ],
  analyst: [
    'roles/cloudsql.client',
    'roles/cloudsql.instanceUser',
    'roles/logging.viewer',
    'roles/monitoring.viewer',
  ],
} as const;

/**
 * What those who have rights in the namespaces need of IAM in the place of a role that reaches into every one of them:
 * to find the cluster and to connect to it. Engineers make the namespaces, so they stay as they are.
 */
const connecting = 'roles/container.clusterViewer';

/** Who may do what in the project, beside the workloads. */
export function resolveProjectAccess(scope: Scope, uses: Uses): ProjectAccess {
  const roles = resolveRoles(scope);
  const { google } = scope.config;
  // What a person asks for beside it is not the platform's to change.
  const apis = requiredApis({ ...scope.config, google: { ...google, apis: [] } }, uses);
  return { groups: resolveGroups(scope, roles), roles, ci: resolveCi(scope, apis) };
}

function resolveRoles({ config, prefix }: Scope): CustomRole[] {
  return sortedEntries(config.access.roles).map(([key, role]) => ({
    key,
    // The id of a role takes underscores where all other names take hyphens.
    roleId: fit(limits.customRole, prefix, key).replace(/-/g, '_'),
    title: role.title ?? key,
    permissions: [...new Set(role.permissions)].sort(compare),
    origin: ['access', 'roles', key],
  }));
}

function resolveGroups(scope: Scope, customRoles: readonly CustomRole[]): GroupAccess[] {
  const { config, problems } = scope;
  const custom = new Map(customRoles.map((role) => [role.key, role]));
  const owners = new Map<string, string>();
  return sortedEntries(config.access.groups).map(([key, group]): GroupAccess => {
    const origin = ['access', 'groups', key];
    const owner = owners.get(group.member);
    if (owner !== undefined) {
      problems.add({
        path: [...origin, 'member'],
        message: `access.groups.${owner} grants to this member already`,
        found: group.member,
        allowed: 'each member once',
        fix: `add the roles to access.groups.${owner}`,
      });
    }
    owners.set(group.member, key);
    const asked = (group.roles ?? []).flatMap((role, i) =>
      grantedRole(scope, [...origin, 'roles', i], role, custom),
    );
    const kubernetes = kubernetesOf(scope, group);
    const all = [...presetRoles(group.preset, kubernetes).map((role) => ({ role, custom: null })), ...asked];
    const byRole = new Map(all.map((one) => [one.role, one]));
    return {
      key,
      member: group.member,
      roles: [...byRole.values()].sort((a, b) => compare(a.role, b.role)),
      kubernetes,
      origin,
    };
  });
}

type Group = Scope['config']['access']['groups'][string];

/**
 * How Kubernetes calls a member; null where it cannot, or where a cluster does not know of Google groups: IAM then says
 * what the member may do in all namespaces.
 */
function kubernetesOf({ config }: Scope, { member, preset }: Group): GroupAccess['kubernetes'] {
  const clusters = [config.cluster, ...Object.values(config.clusters)];
  if (preset === undefined || clusters.some(({ securityGroup }) => securityGroup === undefined)) return null;
  const [kind = '', name = ''] = member.split(':');
  if (kind === 'group') return { kind: 'Group', name, preset };
  return kind === 'user' || kind === 'serviceAccount' ? { kind: 'User', name, preset } : null;
}

function presetRoles(preset: Group['preset'], kubernetes: GroupAccess['kubernetes']): readonly string[] {
  if (preset === undefined) return [];
  if (kubernetes === null || preset === 'engineer') return presets[preset];
  return [...presets[preset].filter((role) => role !== 'roles/container.developer'), connecting];
}

function grantedRole(
  { config, problems }: Scope,
  path: ConfigPath,
  role: string,
  custom: ReadonlyMap<string, CustomRole>,
): GrantedRole[] {
  if (role.includes('/')) return [{ role, custom: null }];
  const found = custom.get(role);
  if (found !== undefined) {
    return [{ role: `projects/${config.google.project}/roles/${found.roleId}`, custom: role }];
  }
  const names = [...custom.keys()];
  const near = nearest(role, names);
  problems.add({
    path,
    message: `there is no role '${role}'`,
    found: role,
    allowed:
      names.length > 0
        ? `${listed(names)}, or a role such as roles/cloudsql.client`
        : 'a role such as roles/cloudsql.client',
    fix:
      near === undefined
        ? `write the whole name of the role, or declare access.roles.${role}`
        : `did you mean '${near}'?`,
    dependsOn: [['access', 'roles']],
  });
  return [];
}
