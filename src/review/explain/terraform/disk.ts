import type { Advice } from './advice';

/** Disks and snapshots. */
export const disk: Advice = {
  types: /^google_compute_(region_)?(disk|snapshot|image)$/,
  lost: 'Everything on it is lost.',
  instead: 'take a snapshot, make the new disk of it, and take the old one away later',
};
