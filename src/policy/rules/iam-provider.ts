import { violationsOf, matching } from '../attributes';
import { isTree, shown, textOf } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

export const iamProvider: Rule = {
  id: 'TL-IAM-011',
  title: 'Tokens of an identity provider are not told apart',
  severity: 'error',
  why: 'Without a subject from the token, nobody can be named in a grant or found in the audit log',
  fix: 'map google.subject to assertion.sub, and name the issuer with https',
  see: 'https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines',
  types: ['google_iam_workload_identity_pool_provider'],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_iam_workload_identity_pool_provider')
      return notApplicable;
    const { attribute_mapping: mapping, oidc } = resource.body;
    const subject = isTree(mapping) ? textOf(mapping['google.subject']) : '';
    return verdictOf([
      // The name of the claim has a dot in it, and so does every path.
      ...(/\bassertion\b/.test(subject)
        ? []
        : [
            {
              path: 'attribute_mapping["google.subject"]',
              found: shown(subject),
              wanted: 'a claim of the token, such as assertion.sub',
            },
          ]),
      ...(oidc === undefined
        ? []
        : violationsOf(
            resource.body,
            { 'oidc.issuer_uri': matching(/^https:\/\//, 'an address with https') },
            '',
            (value) => context.resolve(value, resource.unit),
          )),
    ]);
  },
};
