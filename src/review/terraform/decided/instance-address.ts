import { isTree } from '../../types';
import { treesOf } from '../stack';
import { type DecidedInCode } from './decision';

/** The address of an instance changes only together with its network. */
export const instanceAddress: DecidedInCode = {
  types: ['google_compute_instance'],
  decide: (before, after) => {
    const [from, to] = [treesOf(before.network_interface), treesOf(after.network_interface)];
    if (from.length !== to.length) return undefined;
    const fixed = to.some((now, index) => {
      const old = from[index];
      if (!isTree(old) || now.network_ip === undefined || now.network_ip === old.network_ip) return false;
      return ['network', 'subnetwork', 'subnetwork_project'].every((key) => old[key] === now[key]);
    });
    return fixed
      ? {
          forces: ['network_interface.network_ip'],
          because: 'the address of an instance changes only together with its network',
        }
      : undefined;
  },
};
