import type { Context } from '../context';
import { grantRule } from '../iam';
import { groupBy, perContext } from '../indexed';
import { isTree } from '../tree';

/** `principalSet://iam.googleapis.com/projects/N/locations/global/workloadIdentityPools/POOL/attribute.NAME/VALUE`. */
const federated =
  /^principalSet:\/\/iam\.googleapis\.com\/.*\/workloadIdentityPools\/([^/]+)\/(attribute\.[^/]+)\//;

/** Attributes that the providers of each pool of the output make of a token. */
const mapped = perContext((context: Context) => {
  const providers = context.terraform('google_iam_workload_identity_pool_provider').map(({ body, unit }) => ({
    pool: String(context.resolve(body.workload_identity_pool_id, unit)),
    names: isTree(body.attribute_mapping) ? Object.keys(body.attribute_mapping) : [],
  }));
  return groupBy(providers, ({ pool }) => pool);
});

export const iamFederatedMembers = grantRule({
  id: 'TL-IAM-012',
  title: 'A grant names an attribute that no token has',
  severity: 'error',
  why: 'It lets nobody in, and whoever mends it in haste lets everybody in',
  fix: "map the attribute in the provider's attribute_mapping, or name one that is mapped",
  see: 'https://cloud.google.com/iam/docs/workload-identity-federation#mapping',
  finds: ({ members, memberPath }, context) =>
    members.flatMap((member) => {
      const [, pool = '', attribute = ''] = federated.exec(member) ?? [];
      const providers = mapped(context).get(pool);
      // The providers of a pool that is made elsewhere are not known here.
      if (providers === undefined || providers.some(({ names }) => names.includes(attribute))) return [];
      const wanted = [...new Set(providers.flatMap(({ names }) => names))].join(', ');
      return [{ path: memberPath, found: `${attribute}, of the pool ${pool}`, wanted }];
    }),
});
