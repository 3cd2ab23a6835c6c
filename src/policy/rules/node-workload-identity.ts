import { valueAt } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

export const nodeWorkloadIdentity: Rule = {
  id: 'TL-NODE-014',
  title: 'Nodes hide their metadata in a cluster without Workload Identity',
  severity: 'error',
  why: 'Pods on them then have no identity at all, and Google refuses the pool',
  fix: "set workload_identity_config on the pool's cluster",
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity',
  types: ['google_container_node_pool'],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_container_node_pool') return notApplicable;
    if (valueAt(resource.body, 'node_config.workload_metadata_config.mode') !== 'GKE_METADATA')
      return notApplicable;
    const cluster = context.target(resource.body.cluster, 'google_container_cluster', resource.unit);
    if (cluster === undefined) return notApplicable;
    const pool = valueAt(cluster.body, 'workload_identity_config.workload_pool');
    return verdictOf(
      pool === undefined
        ? [
            {
              path: 'node_config.workload_metadata_config.mode',
              found: `GKE_METADATA, but ${cluster.address} has no workload_pool`,
              wanted: 'a cluster with workload_identity_config.workload_pool',
            },
          ]
        : [],
    );
  },
};
