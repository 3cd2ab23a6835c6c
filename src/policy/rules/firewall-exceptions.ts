import { egressRule, egressRulesOf, networkOf } from '../firewall';
import { notApplicable, type Rule, verdictOf } from '../types';

export const firewallExceptions: Rule = {
  id: 'TL-FW-006',
  title: 'An exception from a denial is for every machine',
  severity: 'warning',
  why: 'The denial then keeps nobody from what the exception opens',
  fix: 'name the machines that the exception is for, by target_tags or target_service_accounts',
  see: 'https://cloud.google.com/firewall/docs/firewalls#rule_assignment',
  types: ['google_compute_firewall'],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_compute_firewall') return notApplicable;
    const rule = egressRule(resource, context);
    if (rule?.allows !== true) return notApplicable;
    const undone = egressRulesOf(networkOf(resource, context), context).filter(
      (other) =>
        !other.allows &&
        other.priority > rule.priority &&
        rule.targets.length === 0 &&
        // A denial of everything has exceptions for everybody: what a network needs.
        !other.peers.isEverything &&
        other.peers.minus(rule.peers).isEmpty,
    );
    return verdictOf(
      undone.map((other) => ({
        path: 'target_tags',
        found: `no machine is named, and ${other.resource.address} denies the same to all`,
        wanted: 'the machines that may',
      })),
    );
  },
};
