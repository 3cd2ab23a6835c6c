import { at, type DecidedInCode, truthy } from './decision';

/** Switches of a cluster that go on, and never off again. */
export const clusterSwitches: DecidedInCode = {
  types: ['google_container_cluster'],
  decide: (before, after) => {
    const off = ['enable_l4_ilb_subsetting', 'enable_fqdn_network_policy'].filter(
      (path) => truthy(at(before, path)) && !truthy(at(after, path)),
    );
    return off.length === 0
      ? undefined
      : { forces: off, because: `${off.join(', ')} cannot be switched off` };
  },
};
