import { attributeRule, oneOf, orNothing, said } from '../attributes';

export const channelOn = attributeRule({
  id: 'TL-MON-005',
  title: 'A notification channel tells nobody, or goes while alerts use it',
  severity: 'warning',
  why: 'Alerts that go through it then reach nobody, and nothing says so',
  fix: 'set enabled to true and force_delete to false, and say where it leads in labels',
  see: 'https://cloud.google.com/monitoring/support/notification-options',
  types: ['google_monitoring_notification_channel'],
  expects: {
    enabled: oneOf(true),
    force_delete: orNothing(oneOf(false)),
    type: said,
    labels: said,
  },
});
