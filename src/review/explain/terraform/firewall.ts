import type { Advice } from './advice';

/** Firewall rules. */
export const firewall: Advice = {
  types: /^google_compute_(region_)?(firewall|network_firewall_policy\w*|security_policy\w*)$/,
  lost: 'In between it neither allows nor denies anything.',
  instead: 'add the new rule under another name first',
};
