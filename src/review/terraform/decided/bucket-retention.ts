import { at, type DecidedInCode, truthy } from './decision';

/** A locked retention policy is never unlocked. */
export const bucketRetention: DecidedInCode = {
  types: ['google_storage_bucket'],
  decide: (before, after) => {
    const path = 'retention_policy.is_locked';
    if (!truthy(at(before, path)) || truthy(at(after, path))) return undefined;
    return { forces: [path], because: 'a locked retention policy cannot be unlocked' };
  },
};
