import { attributeRule, oneOf } from '../attributes';

export const natLogs = attributeRule({
  id: 'TL-NET-006',
  title: 'Failures of the NAT are not logged',
  severity: 'warning',
  why: 'Connections fail when ports run out, and nothing says so',
  fix: 'set log_config.enable to true',
  see: 'https://cloud.google.com/nat/docs/monitoring',
  types: ['google_compute_router_nat'],
  expects: {
    'log_config.enable': oneOf(true),
    'log_config.filter': oneOf('ERRORS_ONLY', 'TRANSLATIONS_ONLY', 'ALL'),
  },
});
