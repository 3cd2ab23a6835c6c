import { egressRule } from '../firewall';
import { notApplicable, type Rule, verdictOf } from '../types';

export const firewallEgressRanges: Rule = {
  id: 'TL-FW-007',
  title: 'A rule lets traffic out to everywhere',
  severity: 'warning',
  why: 'Whatever runs there can send what it reads to anybody',
  fix: 'name the ranges that it has to reach in destination_ranges',
  see: 'https://cloud.google.com/firewall/docs/firewalls#destinations',
  types: ['google_compute_firewall'],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_compute_firewall') return notApplicable;
    const rule = egressRule(resource, context);
    if (rule?.allows !== true) return notApplicable;
    return verdictOf(
      rule.peers.isTheWorld
        ? [{ path: 'destination_ranges', found: 'the internet', wanted: 'the ranges that are needed' }]
        : [],
    );
  },
};
