import { attributeRule, said } from '../attributes';

export const alertChannels = attributeRule({
  id: 'TL-MON-001',
  title: 'An alert tells nobody',
  severity: 'warning',
  why: 'It turns red in a page that nobody looks at',
  fix: 'name notification_channels',
  see: 'https://cloud.google.com/monitoring/support/notification-options',
  types: ['google_monitoring_alert_policy'],
  expects: { notification_channels: said },
});
