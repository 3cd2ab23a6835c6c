import { attributeRule, oneOf } from '../attributes';

export const uptimeEncrypted = attributeRule({
  id: 'TL-MON-003',
  title: 'An uptime check takes a page without a valid certificate for well',
  severity: 'warning',
  why: 'A certificate that ran out is an outage for everybody who uses the page',
  fix: 'set http_check.use_ssl and validate_ssl to true',
  see: 'https://cloud.google.com/monitoring/uptime-checks',
  types: ['google_monitoring_uptime_check_config'],
  within: 'http_check',
  expects: {
    use_ssl: oneOf(true),
    validate_ssl: oneOf(true),
  },
});
