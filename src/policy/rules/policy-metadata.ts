import { isTree, textOf, valueAt } from '../tree';
import { selects } from '../../sets/label-selector';
import { metadataServer, openingsOf } from '../network-policies';
import { objectRule } from '../objects';
import { podOf } from '../pods';

/** DNS of GKE answers at the same address. */
const dns = 53;

export const policyMetadata = objectRule({
  id: 'TL-NP-003',
  title: 'Pods without an identity at Google can ask the metadata server',
  severity: 'error',
  why: 'It tells them about the project, and gives tokens if anything is set wrong',
  fix: 'open 169.254.169.252 and .254 only for pods whose service account is bound by Workload Identity',
  see: 'https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy#network-policy-and-workload-identity',
  kinds: ['NetworkPolicy'],
  finds: (resource, context) => {
    const open = openingsOf(resource, 'egress').filter(
      ({ addresses, ports }) =>
        addresses.meets(metadataServer) &&
        (ports === undefined || ports.some(({ first, last }) => !(first === dns && last === dns))),
    );
    if (open.length === 0) return [];
    const accounts = context.objects('ServiceAccount').filter((account) => {
      const annotations = valueAt(account.body, 'metadata.annotations');
      return isTree(annotations) && textOf(annotations['iam.gke.io/gcp-service-account']) !== '';
    });
    const selector = valueAt(resource.body, 'spec.podSelector');
    const pods = context.resources.flatMap((other) =>
      other.kind === 'kubernetes' && other.unit === resource.unit && other.namespace === resource.namespace
        ? (podOf(other) ?? [])
        : [],
    );
    const without = pods.filter(
      ({ labels, spec, owner }) =>
        selects(selector, labels) &&
        !accounts.some(
          (account) =>
            account.unit === owner.unit &&
            account.namespace === owner.namespace &&
            account.name === spec.serviceAccountName,
        ),
    );
    return without.map(({ owner }) => ({
      path: `${open[0]?.path ?? 'spec.egress'}.to`,
      found: `the metadata server, for ${owner.type} ${owner.name}, which has no identity at Google`,
      wanted: 'pods with Workload Identity only',
    }));
  },
});
