import { ingressRule, networkOf } from '../firewall';
import { Addresses } from '../../sets/addresses';
import { textsOf } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

/** Rules of people come before; only what Google implies comes after. */
const lastPriorities = 65000;

export const firewallDefault: Rule = {
  id: 'TL-FW-002',
  title: 'What no firewall rule allows is kept out in silence',
  severity: 'error',
  why: 'The denial that Google implies is not logged, so an attack is not seen, and a rule of low priority may open all',
  fix: 'add a rule that denies all from 0.0.0.0/0 at priority 65534, with log_config',
  see: 'https://cloud.google.com/firewall/docs/firewalls#default_firewall_rules',
  types: ['google_compute_network'],
  checks: (resource, context) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_compute_network') return notApplicable;
    const denials = context.terraform('google_compute_firewall').filter((firewall) => {
      const rule = ingressRule(firewall, context);
      return (
        rule?.allows === false &&
        networkOf(firewall, context) === resource.address &&
        rule.targets.length === 0 &&
        rule.priority >= lastPriorities &&
        rule.traffic.some(({ protocol }) => protocol === 'all') &&
        Addresses.of(textsOf(firewall.body.source_ranges)).isEverything &&
        firewall.body.log_config !== undefined
      );
    });
    return verdictOf(
      denials.length > 0
        ? []
        : [
            {
              path: 'name',
              found: 'no logged rule of the network denies everything else',
              wanted: 'one, at the end of the priorities',
            },
          ],
    );
  },
};
