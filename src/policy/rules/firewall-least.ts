import { egressRule, ingressRule } from '../firewall';
import { notApplicable, type Rule, verdictOf } from '../types';

/** These have no ports. */
const withoutPorts = ['icmp', 'esp', 'ah', 'ipip'];

export const firewallLeast: Rule = {
  id: 'TL-FW-004',
  title: 'A firewall rule allows every port',
  severity: 'warning',
  why: 'It opens what is started tomorrow as well',
  fix: 'name the protocols and the ports',
  see: 'https://cloud.google.com/firewall/docs/using-firewalls',
  types: ['google_compute_firewall'],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_compute_firewall') return notApplicable;
    const rule = ingressRule(resource, context) ?? egressRule(resource, context);
    if (rule?.allows !== true) return notApplicable;
    const wide = rule.traffic.filter(
      ({ protocol, first, last }) => !withoutPorts.includes(protocol) && first === 0 && last === 65535,
    );
    return verdictOf(
      wide.map(({ protocol }) => ({
        path: 'allow',
        found: `every port of ${protocol}`,
        wanted: 'named ports',
      })),
    );
  },
};
