import { treesOf } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

export const budgetThresholds: Rule = {
  id: 'TL-BUD-001',
  title: 'A budget warns when the money is gone',
  severity: 'warning',
  why: 'A threshold above the amount, or none, leaves no time to do anything',
  fix: 'write threshold_rules, one of them at 1.0 or below',
  see: 'https://cloud.google.com/billing/docs/how-to/budgets',
  types: ['google_billing_budget'],
  checks: (resource) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_billing_budget') return notApplicable;
    const percents = treesOf(resource.body.threshold_rules).map((rule) => Number(rule.threshold_percent));
    return verdictOf(
      percents.some((percent) => percent > 0 && percent <= 1)
        ? []
        : [
            {
              path: 'threshold_rules',
              found: percents.length === 0 ? 'nothing' : percents.join(', '),
              wanted: 'a threshold of at most 1.0',
            },
          ],
    );
  },
};
