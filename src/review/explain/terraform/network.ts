import type { Advice } from './advice';

/** Networks and their parts. */
export const network: Advice = {
  types: /^google_compute_(network|subnetwork|router|router_nat|network_peering|route|vpn_\w+)$/,
  lost: 'Nothing may have an address in it any more, so all that does must be made anew as well; connections through it break.',
  instead: 'make the new part beside the old one, move what uses it, and take the old one away later',
};
