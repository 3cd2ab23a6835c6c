import { ingressRule, networkOf, reachOf } from '../firewall';
import { notApplicable, type Rule, verdictOf } from '../types';

export const firewallWorld: Rule = {
  id: 'TL-FW-001',
  title: 'The internet can reach machines',
  severity: 'error',
  why: 'What the internet reaches is attacked within minutes',
  fix: 'name ranges of your own, or put a load balancer in front and allow its ranges alone',
  see: 'https://cloud.google.com/firewall/docs/firewalls',
  types: ['google_compute_firewall'],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_compute_firewall') return notApplicable;
    const rule = ingressRule(resource, context);
    if (rule?.allows !== true) return notApplicable;
    const network = networkOf(resource, context);
    const others = context
      .terraform('google_compute_firewall')
      .filter((other) => networkOf(other, context) === network)
      .flatMap((other) => ingressRule(other, context) ?? []);
    const open = reachOf(rule, others).filter(({ sources }) => sources.isTheWorld);
    return verdictOf(
      open.map(({ traffic }) => ({
        path: 'source_ranges',
        found: `the internet, for ${traffic}, with all rules of the network taken together`,
        wanted: 'ranges of your own',
      })),
    );
  },
};
