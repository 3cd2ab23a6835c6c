import type { Advice } from './advice';

/** Machines. */
export const machine: Advice = {
  types: /^google_compute_(instance|instance_group_manager|region_instance_group_manager|instance_template)$/,
  lost: 'It is down in between, and what it has on its boot disk is lost.',
  instead: 'keep what must last on a disk of its own, and add the new machine before the old one goes',
};
