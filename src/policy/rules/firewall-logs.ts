import { attributeRule, oneOf } from '../attributes';

export const firewallLogs = attributeRule({
  id: 'TL-FW-003',
  title: 'A firewall rule logs nothing',
  severity: 'warning',
  why: 'Nobody can tell afterwards what it let through or kept out',
  fix: 'write log_config',
  see: 'https://cloud.google.com/firewall/docs/firewall-rules-logging',
  types: ['google_compute_firewall'],
  expects: {
    'log_config.metadata': oneOf('EXCLUDE_ALL_METADATA', 'INCLUDE_ALL_METADATA'),
  },
});
