import { attributeRule, oneOf, said } from '../attributes';

export const alertWrittenOut = attributeRule({
  id: 'TL-MON-002',
  title: 'An alert is off, or does not say how bad it is',
  severity: 'warning',
  why: 'Whoever is woken wants to know at once whether to get up',
  fix: 'set enabled to true, and write severity and conditions',
  see: 'https://cloud.google.com/monitoring/alerts/concepts-indepth',
  types: ['google_monitoring_alert_policy'],
  expects: {
    enabled: oneOf(true),
    severity: oneOf('CRITICAL', 'ERROR', 'WARNING'),
    conditions: said,
  },
});
