import type { Advice } from './advice';

/** Pools of nodes. */
export const nodePool: Advice = {
  types: /^google_container_node_pool$/,
  lost: 'Its pods are evicted and wait until there is room elsewhere or in the new pool.',
  instead: 'add a pool with a key of its own, let the pods move, and take the old one away in a later change',
};
