import { shown, treesOf } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

const lastPriority = 2_147_483_647;

export const armorDefault: Rule = {
  id: 'TL-ARM-001',
  title: 'A Cloud Armor policy does not end with a rule for the rest',
  severity: 'error',
  why: 'Google refuses a policy with rules and without the default one',
  fix: 'add a rule of priority 2147483647',
  see: 'https://cloud.google.com/armor/docs/security-policy-overview#default-rule',
  types: ['google_compute_security_policy'],
  checks: (resource) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_compute_security_policy')
      return notApplicable;
    const rules = treesOf(resource.body.rule);
    if (rules.length === 0) return notApplicable;
    return verdictOf(
      rules.some(({ priority }) => Number(priority) === lastPriority)
        ? []
        : [
            {
              path: 'rule',
              found: shown(rules.map(({ priority }) => priority)),
              wanted: 'one of priority 2147483647',
            },
          ],
    );
  },
};
