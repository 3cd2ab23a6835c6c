import type { AccessRule } from './rule';

/** Everything in a cluster. */
export const clusterAdmin: AccessRule = {
  applies: (_, gained) =>
    /\bcluster-admin\b|system:masters\b|\broles\/container\.(admin|clusterAdmin)\b/.test(gained),
  sentence:
    'It may do everything in the cluster, reading every Secret included. To avoid it, list the verbs and resources that it needs in a Role of its namespace.',
};
