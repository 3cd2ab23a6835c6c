import { listOf, textOf, valueAt } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

const updates = 'all_updates_rule';

export const budgetTold: Rule = {
  id: 'TL-BUD-002',
  title: 'A budget tells nobody',
  severity: 'error',
  why: 'Nobody learns that the money is gone before the bill comes',
  fix: 'name monitoring_notification_channels or a pubsub_topic, or let the administrators of the account be told',
  see: 'https://cloud.google.com/billing/docs/how-to/budgets-notification-recipients',
  types: ['google_billing_budget'],
  checks: (resource) => {
    if (resource.kind !== 'terraform' || resource.type !== 'google_billing_budget') return notApplicable;
    const { body } = resource;
    // Without the block, Google tells those who administer the billing account.
    const isSilenced = String(valueAt(body, `${updates}.disable_default_iam_recipients`)) === 'true';
    const channels = listOf(valueAt(body, `${updates}.monitoring_notification_channels`));
    const topic = textOf(valueAt(body, `${updates}.pubsub_topic`));
    return verdictOf(
      isSilenced && channels.length === 0 && topic === ''
        ? [
            {
              path: `${updates}.disable_default_iam_recipients`,
              found: 'true, and no channel or topic',
              wanted: 'somebody who is told',
            },
          ]
        : [],
    );
  },
};
