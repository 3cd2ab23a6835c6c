import { type DecidedInCode, numberAt } from './decision';

/** A VPC connector grows in place and never shrinks. */
export const connectorShrinks: DecidedInCode = {
  types: ['google_vpc_access_connector'],
  decide: (before, after) => {
    const forces = ['min_instances', 'max_instances'].filter(
      (path) => (numberAt(after, path) ?? Infinity) < (numberAt(before, path) ?? -Infinity),
    );
    return forces.length === 0 ? undefined : { forces, because: 'a connector cannot shrink' };
  },
};
