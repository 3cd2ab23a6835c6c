import type { Context } from './context';
import { isTree, textOf, textsOf, treesOf } from './tree';
import {
  notApplicable,
  type Rule,
  type RuleText,
  type TerraformResource,
  type Violation,
  verdictOf,
} from './types';

/** Who is given which role on what. */
export interface Grant {
  readonly resource: TerraformResource;
  readonly role: string;
  readonly members: readonly string[];
  readonly rolePath: string;
  readonly memberPath: string;
  /** Whether it is on a project, a folder or an organization, and so on everything in it. */
  readonly isWide: boolean;
}

/** Every grant that a resource makes: one, the members of a binding, or all bindings of a policy. */
export function grantsOf(resource: TerraformResource, context: Context): Grant[] {
  const [, scope = '', form = ''] = /^google_(.*)_iam_(member|binding|policy)$/.exec(resource.type) ?? [];
  if (form === '') return [];
  const isWide = ['project', 'folder', 'organization'].includes(scope);
  const value = (name: string) => context.resolve(resource.body[name], resource.unit);
  if (form === 'policy') {
    return bindingsOf(value('policy_data')).map(({ role, members }) => ({
      resource,
      role,
      members,
      rolePath: 'policy_data',
      memberPath: 'policy_data',
      isWide,
    }));
  }
  const memberPath = form === 'member' ? 'member' : 'members';
  const members = textsOf(value(memberPath)).map((member) => textOf(context.resolve(member, resource.unit)));
  return [{ resource, role: textOf(value('role')), members, rolePath: 'role', memberPath, isWide }];
}

function bindingsOf(data: unknown): { role: string; members: readonly string[] }[] {
  let policy: unknown;
  try {
    policy = JSON.parse(textOf(data));
  } catch {
    // An expression: what it holds is known to Terraform alone.
    return [];
  }
  return isTree(policy)
    ? treesOf(policy.bindings).map(({ role, members }) => ({ role: textOf(role), members: textsOf(members) }))
    : [];
}

/** A rule on every grant. */
export function grantRule({
  finds,
  ...text
}: RuleText & { readonly finds: (grant: Grant, context: Context) => readonly Violation[] }): Rule {
  return {
    ...text,
    checks: (resource, context) => {
      if (resource.kind !== 'terraform') return notApplicable;
      const grants = grantsOf(resource, context);
      return grants.length === 0
        ? notApplicable
        : verdictOf(grants.flatMap((grant) => finds(grant, context)));
    },
  };
}
