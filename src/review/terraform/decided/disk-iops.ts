import { type DecidedInCode, numberAt } from './decision';

/** Only a hyperdisk changes its rate of operations in place. */
export const diskIops: DecidedInCode = {
  types: ['google_compute_disk'],
  decide: (before, after) => {
    if (String(after.type).includes('hyperdisk')) return undefined;
    const to = numberAt(after, 'provisioned_iops');
    return to === undefined || to === numberAt(before, 'provisioned_iops')
      ? undefined
      : { forces: ['provisioned_iops'], because: 'only a hyperdisk changes it in place' };
  },
};
