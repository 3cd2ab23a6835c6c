import { treesOf } from '../stack';
import { type DecidedInCode } from './decision';

/** How a secret is replicated is decided once. */
export const secretReplication: DecidedInCode = {
  types: ['google_secret_manager_secret'],
  decide: (before, after) => {
    const kind = (side: typeof before) => treesOf(treesOf(side.replication)[0]?.auto).length > 0;
    return kind(before) === kind(after)
      ? undefined
      : { forces: ['replication.auto'], because: 'the replication of a secret is decided once' };
  },
};
