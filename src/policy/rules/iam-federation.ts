import { keepsStrangersOut } from '../federation';
import { isTree, shown, textOf } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

export const iamFederation: Rule = {
  id: 'TL-IAM-009',
  title: 'Anybody at the identity provider may log in',
  severity: 'error',
  why: 'GitHub and GitLab sign tokens for every repository in the world',
  fix: 'compare, on every way to say yes, the owner, the repository or the project with a fixed value',
  see: 'https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines#conditions',
  types: ['google_iam_workload_identity_pool_provider'],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_iam_workload_identity_pool_provider') {
      return notApplicable;
    }
    const { attribute_mapping: mapping } = resource.body;
    const condition = textOf(context.resolve(resource.body.attribute_condition, resource.unit));
    return verdictOf(
      keepsStrangersOut(condition, isTree(mapping) ? mapping : {})
        ? []
        : [
            {
              path: 'attribute_condition',
              found: shown(resource.body.attribute_condition),
              wanted: "a comparison such as assertion.repository_owner == 'acme'",
            },
          ],
    );
  },
};
