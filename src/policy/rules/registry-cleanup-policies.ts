import { shown, textOf, treesOf } from '../tree';
import { notApplicable, type Rule, type Tree, type Violation, verdictOf } from '../types';

function findings(body: Tree): Violation[] {
  const policies = treesOf(body.cleanup_policies);
  const found = policies.flatMap((policy): Violation[] => {
    const path = `cleanup_policies[${textOf(policy.id)}]`;
    const hasCondition = treesOf(policy.condition).length > 0;
    const keepsRecent = treesOf(policy.most_recent_versions).length > 0;
    if (policy.action === 'DELETE' && hasCondition && !keepsRecent) return [];
    if (policy.action === 'KEEP' && (hasCondition || keepsRecent)) return [];
    const wanted = 'DELETE with a condition, or KEEP with a condition or most_recent_versions';
    return [{ path: `${path}.action`, found: shown(policy.action), wanted }];
  });
  if (!policies.some(({ action }) => action === 'DELETE')) {
    found.push({ path: 'cleanup_policies', found: 'nothing is deleted', wanted: 'a policy with DELETE' });
  }
  if (String(body.cleanup_policy_dry_run) !== 'false') {
    found.push({
      path: 'cleanup_policy_dry_run',
      found: shown(body.cleanup_policy_dry_run),
      wanted: 'false',
    });
  }
  return found;
}

export const registryCleanupPolicies: Rule = {
  id: 'TL-GAR-005',
  title: 'A clean-up policy does not do what it should',
  severity: 'warning',
  why: 'A policy that keeps what it should delete costs money, and one that deletes what it should keep stops deployments',
  fix: 'delete by a condition, keep the most recent versions, and switch the dry run off',
  see: 'https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy',
  types: ['google_artifact_registry_repository'],
  checks: (resource) =>
    resource.kind === 'terraform' &&
    resource.type === 'google_artifact_registry_repository' &&
    treesOf(resource.body.cleanup_policies).length > 0
      ? verdictOf(findings(resource.body))
      : notApplicable,
};
