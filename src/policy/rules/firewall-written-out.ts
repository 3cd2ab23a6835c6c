import { atLeast, attributeRule, oneOf } from '../attributes';

export const firewallWrittenOut = attributeRule({
  id: 'TL-FW-005',
  title: 'A firewall rule leaves its direction or its priority to a default',
  severity: 'warning',
  why: 'Which rule wins is decided by them',
  fix: 'write direction and priority',
  see: 'https://cloud.google.com/firewall/docs/firewalls',
  types: ['google_compute_firewall'],
  expects: {
    direction: oneOf('INGRESS', 'EGRESS'),
    priority: atLeast(0),
  },
});
