import type { Advice } from './advice';

/** Plans and vaults of backups. */
export const backupPlan: Advice = {
  types: /^google_(gke_backup|backup_dr)_/,
  lost: 'No further backup is made by it, and those that it made may go with it.',
  instead: 'add the new plan first, and take the old one away when its backups are no longer needed',
};
