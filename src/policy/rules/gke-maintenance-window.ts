import { attributeRule, matching, said } from '../attributes';
import { hasNoDailyWindow } from '../gke';

export const gkeMaintenanceWindow = attributeRule({
  id: 'TL-GKE-015',
  title: 'Google may upgrade the cluster at any time',
  severity: 'warning',
  why: 'An upgrade restarts what runs, in the middle of a load as well',
  fix: 'set a recurring window of at least 48 hours in 32 days',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions',
  types: ['google_container_cluster'],
  when: hasNoDailyWindow,
  expects: {
    'maintenance_policy.recurring_window.recurrence': matching(
      /^FREQ=/,
      'a rule such as FREQ=WEEKLY;BYDAY=SA,SU',
    ),
    'maintenance_policy.recurring_window.start_time': said,
    'maintenance_policy.recurring_window.end_time': said,
  },
});
