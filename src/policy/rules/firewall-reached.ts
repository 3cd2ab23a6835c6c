import { covers, egressRule, egressRulesOf, networkOf, protects } from '../firewall';
import { notApplicable, type Rule, verdictOf } from '../types';

export const firewallReached: Rule = {
  id: 'TL-FW-008',
  title: 'A rule allows what an earlier one denies',
  severity: 'warning',
  why: 'It never takes effect, so what it was written for does not work',
  fix: 'give it a lower number in priority than the denial has',
  see: 'https://cloud.google.com/firewall/docs/firewalls#priority_order_for_firewall_rules',
  types: ['google_compute_firewall'],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_compute_firewall') return notApplicable;
    const rule = egressRule(resource, context);
    if (rule?.allows !== true) return notApplicable;
    const before = egressRulesOf(networkOf(resource, context), context).filter(
      (other) =>
        !other.allows &&
        other.priority <= rule.priority &&
        protects(other, rule) &&
        rule.peers.minus(other.peers).isEmpty &&
        rule.traffic.every((part) => other.traffic.some((denied) => covers(denied, part))),
    );
    return verdictOf(
      before.map((other) => ({
        path: 'priority',
        found: `${String(rule.priority)}, and ${other.resource.address} denies all of it at ${String(other.priority)}`,
        wanted: `less than ${String(other.priority)}`,
      })),
    );
  },
};
