import type { Advice } from './advice';

/** Kubernetes clusters. */
export const containerCluster: Advice = {
  types: /^google_container_cluster$/,
  lost: 'Everything that runs on it stops, volumes of its pods included, until it is applied to the new one; its endpoint and certificate change.',
  instead:
    'give the new cluster a key of its own, apply the manifests to it, move the traffic, and take the old one away later',
};
