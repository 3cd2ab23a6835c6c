import type { CloudSqlProxyProps } from '../src/kubernetes/cloud-sql-proxy';
import {
  cloudSqlEgress,
  googleApisEgress,
  metadataServerEgress,
  namespaceRule,
  type NetworkRule,
  rangeEgress,
} from '../src/kubernetes/network-policy';
import type { PodPlacement, Toleration } from '../src/kubernetes/pod';
import type { DatabaseAccess, Egress, Identity, Placement, Platform } from '../src/model/platform';

/** Kubernetes' spelling of the effects of taints. */
const effects: Readonly<Record<Placement['tolerations'][number]['effect'], Toleration['effect']>> = {
  NO_SCHEDULE: 'NoSchedule',
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
  NO_EXECUTE: 'NoExecute',
};

/** The model's placement as pods say it. */
export function toPodPlacement(placement: Placement): PodPlacement {
  return {
    nodeSelector: placement.nodeSelector,
    tolerations: placement.tolerations.map(({ key, value, effect }) => ({
      key,
      value,
      effect: effects[effect],
    })),
  };
}

/** The proxy of a workload's database. */
export function toProxy(database: DatabaseAccess): CloudSqlProxyProps {
  return {
    image: database.proxyImage.reference,
    connectionName: database.connectionName,
    iamLogin: true,
    psc: database.psc,
  };
}

/** The name of the Kubernetes service account; workloads always have one. */
export function serviceAccountOf(identity: Identity): string {
  if (identity.kubernetes === null) {
    throw new Error(
      `identity '${identity.key}': it has no Kubernetes service account, so no pod can run as it`,
    );
  }
  return identity.kubernetes.serviceAccount;
}

/** How an instance is reached: whether by Private Service Connect, whose addresses are in the subnet of the nodes. */
interface Way {
  readonly psc: boolean;
}

function rangeOf({ network }: Platform, { psc }: Way): string {
  return psc ? network.nodesCidr : network.databasesCidr;
}

/** What a workload may reach: Google by its identity, its database, and the addresses that it asks for. */
export function workloadEgress(
  platform: Platform,
  workload: { readonly database: Way | null; readonly egress: readonly Egress[] },
): NetworkRule[] {
  const rules = [
    ...metadataServerEgress(),
    googleApisEgress(),
    ...(workload.database === null ? [] : [cloudSqlEgress(rangeOf(platform, workload.database))]),
    ...workload.egress.map(rangeEgress),
  ];
  // The internet on port 443 holds Google's APIs: most workloads ask for both.
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}

/** Namespaces of Managed Service for Prometheus, whose collectors read metrics: run by GKE, and installed by hand. */
const managedPrometheus = ['gke-gmp-system', 'gmp-system'];

/** Lets whoever reads metrics in the cluster in to their port. */
export function scrapeIngress({ operations }: Platform, port: number): NetworkRule[] {
  const { collector } = operations.prometheus;
  switch (collector.kind) {
    case 'managed':
      return [namespaceRule(managedPrometheus, [port])];
    case 'operator':
      return [namespaceRule([collector.namespace], [port])];
    case 'none':
      return [];
  }
}
