import type { Advice } from './advice';

/** Redis, Spanner, Bigtable, AlloyDB, Firestore and Filestore. */
export const managedDatabase: Advice = {
  types: /^google_(redis|memcache|spanner|bigtable|alloydb|firestore|filestore|memorystore)_/,
  lost: 'Everything in it is lost, and clients need its new address.',
  instead:
    'make the new one beside it, copy the data, point the clients at it, and take the old one away later',
};
