import {
  address,
  addressPart,
  CustomRole,
  ProjectMember,
  rolePart,
  ServiceAccountMember,
  WorkloadIdentityPool,
} from '../src/google';
import type { ContinuousDeployment } from '../src/model';
import type { Foundation } from './foundation-parts';
import { literal } from './literal';
import { setOrigin } from './origin';

const api = {
  credentials: 'iamcredentials.googleapis.com',
  iam: 'iam.googleapis.com',
  resourceManager: 'cloudresourcemanager.googleapis.com',
  tokens: 'sts.googleapis.com',
} as const;

/** Grants people and pipelines elsewhere what they may do in the project. */
export function addAccess(foundation: Foundation): void {
  const roles = addRoles(foundation);
  addGroups(foundation, roles);
  const { ci } = foundation.platform.access;
  if (ci !== null) addCi(foundation, ci);
}

function addRoles(foundation: Foundation): ReadonlyMap<string, CustomRole> {
  const { platform, services } = foundation;
  const roles = foundation.group('roles');
  return new Map(
    platform.access.roles.map((role) => [
      role.key,
      setOrigin(
        new CustomRole(roles, role.key, {
          project: platform.project,
          roleId: role.roleId,
          title: literal(role.title),
          permissions: role.permissions,
          dependsOn: services.of(api.iam),
        }),
        role,
      ),
    ]),
  );
}

function addGroups(foundation: Foundation, roles: ReadonlyMap<string, CustomRole>): void {
  const { platform, services } = foundation;
  const grants = foundation.group('groups');
  for (const group of platform.access.groups) {
    for (const { role, custom } of group.roles) {
      const made = custom === null ? undefined : roles.get(custom);
      setOrigin(
        new ProjectMember(grants, address('group', group.key, ...roleParts(role, custom)), {
          project: platform.project,
          member: group.member,
          role,
          dependsOn: [...services.of(api.resourceManager), ...(made === undefined ? [] : [made.role])],
        }),
        group,
      );
    }
  }
}

/** A role in addresses: Google's own by its name, ours by its key, and those of others so that none looks like these. */
function roleParts(role: string, custom: string | null): string[] {
  if (custom !== null) return ['role', custom];
  return [role.startsWith('roles/') ? rolePart(role) : addressPart(role)];
}

function addCi(foundation: Foundation, ci: ContinuousDeployment): void {
  const { platform, services } = foundation;
  const { project, prefix } = platform;
  const scope = foundation.group('ci');
  const pool = setOrigin(
    new WorkloadIdentityPool(scope, 'ci', {
      project,
      poolId: ci.poolId,
      displayName: prefix.length > 29 ? 'Deployments' : `CI ${prefix}`,
      providers: Object.fromEntries(ci.providers.map((provider) => [provider.key, provider])),
      dependsOn: services.of(api.iam, api.tokens, api.credentials),
    }),
    ci,
  );
  const account = platform.identities.find(({ key }) => key === ci.identity);
  if (account === undefined)
    throw new Error(`the model names an identity '${ci.identity}' that it does not hold`);
  const accounts = foundation.group('ci-accounts');
  for (const provider of ci.providers) {
    setOrigin(
      new ServiceAccountMember(accounts, address(ci.identity, provider.key), {
        project,
        serviceAccountEmail: account.email,
        role: 'roles/iam.workloadIdentityUser',
        member: provider.member,
        dependsOn: [pool.pool, ...foundation.accountsOf([ci.identity])],
      }),
      provider,
    );
  }
  if (ci.images !== null) {
    const { identity, provider, member } = ci.images;
    const builder = platform.identities.find(({ key }) => key === identity);
    if (builder === undefined)
      throw new Error(`the model names an identity '${identity}' that it does not hold`);
    setOrigin(
      new ServiceAccountMember(accounts, address(identity, provider), {
        project,
        serviceAccountEmail: builder.email,
        role: 'roles/iam.workloadIdentityUser',
        member,
        dependsOn: [pool.pool, ...foundation.accountsOf([identity])],
      }),
      ci.images,
    );
  }
  for (const nodes of platform.identities.filter(({ key }) => ci.nodeIdentities.includes(key))) {
    setOrigin(
      new ServiceAccountMember(accounts, address(ci.identity, nodes.key), {
        project,
        serviceAccountEmail: nodes.email,
        role: 'roles/iam.serviceAccountUser',
        member: account.member,
        dependsOn: foundation.accountsOf([ci.identity, nodes.key]),
      }),
      ci,
    );
  }
}
