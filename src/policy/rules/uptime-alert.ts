import { perContext } from '../indexed';
import { textsOf } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

/** The conditions of the alerts that are on and tell somebody, as texts. */
const conditions = perContext((context) =>
  context
    .terraform('google_monitoring_alert_policy')
    .filter(({ body }) => String(body.enabled) !== 'false' && textsOf(body.notification_channels).length > 0)
    .map(({ body, unit }) => ({ unit, text: JSON.stringify(body.conditions ?? []) })),
);

export const uptimeAlert: Rule = {
  id: 'TL-MON-004',
  title: 'Nobody is told when an uptime check fails',
  severity: 'warning',
  why: 'A check without an alert only draws a line',
  fix: 'add an alert policy on its uptime_check_id, with notification_channels',
  see: 'https://cloud.google.com/monitoring/uptime-checks/uptime-alerting-policies',
  types: ['google_monitoring_uptime_check_config'],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_monitoring_uptime_check_config')
      return notApplicable;
    const id = `\${${resource.address}.uptime_check_id}`;
    const isWatched = conditions(context).some(
      ({ unit, text }) => unit === resource.unit && text.includes(id),
    );
    return verdictOf(
      isWatched
        ? []
        : [
            {
              path: 'display_name',
              found: 'no alert that is on, tells somebody and asks about it',
              wanted: 'one with its uptime_check_id',
            },
          ],
    );
  },
};
