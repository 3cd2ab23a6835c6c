import { shown, textOf } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

export const iamFederation: Rule = {
  id: 'TL-IAM-009',
  title: 'Anybody at the identity provider may log in',
  severity: 'error',
  why: 'GitHub and GitLab sign tokens for every repository in the world',
  fix: 'write an attribute_condition that names the owner or the repository',
  see: 'https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines',
  types: ['google_iam_workload_identity_pool_provider'],
  checks: (resource) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_iam_workload_identity_pool_provider') {
      return notApplicable;
    }
    const condition = textOf(resource.body.attribute_condition).trim();
    // A condition compares something of the token with something fixed; `true` and `'a' == 'a'` hold for all.
    const compares = /\b(assertion|attribute|google)\b/.test(condition) && /['"][^'"]+['"]/.test(condition);
    return verdictOf(
      compares
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
