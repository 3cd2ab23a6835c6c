import ipaddr from 'ipaddr.js';
import { at, type DecidedInCode } from './decision';

/** The range of a subnetwork grows in place; any other range is another subnetwork. */
export const subnetRange: DecidedInCode = {
  types: ['google_compute_subnetwork'],
  decide: (before, after) => {
    const [from, to] = [at(before, 'ip_cidr_range'), at(after, 'ip_cidr_range')];
    if (typeof from !== 'string' || typeof to !== 'string' || from === to) return undefined;
    if (!ipaddr.isValidCIDR(from) || !ipaddr.isValidCIDR(to)) return { unsure: true };
    const [[address, length], [start, size]] = [ipaddr.parseCIDR(from), ipaddr.parseCIDR(to)];
    const grows = size <= length && address.kind() === start.kind() && address.match([start, size]);
    return grows
      ? { spares: ['ip_cidr_range'] }
      : { forces: ['ip_cidr_range'], because: `${to} does not hold all of ${from}` };
  },
};
