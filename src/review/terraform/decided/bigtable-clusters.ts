import { canonical } from '../../equal';
import { treesOf } from '../stack';
import { type DecidedInCode } from './decision';

const fixed = ['zone', 'storage_type', 'kms_key_name'];

/** Clusters are told apart by their id, whatever their order; where and how one stores never changes. */
export const bigtableClusters: DecidedInCode = {
  types: ['google_bigtable_instance'],
  decide: (before, after) => {
    const sorted = (side: typeof before) => treesOf(side.cluster).map(canonical).sort();
    if (canonical(sorted(before)) === canonical(sorted(after))) return { hides: ['cluster'] };
    const old = new Map(treesOf(before.cluster).map((cluster) => [cluster.cluster_id, cluster]));
    const forces = treesOf(after.cluster).flatMap((cluster) => {
      const same = old.get(cluster.cluster_id);
      return same === undefined
        ? []
        : fixed.filter((key) => cluster[key] !== undefined && (same[key] ?? cluster[key]) !== cluster[key]);
    });
    return forces.length === 0
      ? undefined
      : {
          forces: [...new Set(forces)].map((key) => `cluster.${key}`),
          because: 'a cluster keeps its zone, its kind of storage and its key',
        };
  },
};
