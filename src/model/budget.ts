import type { Scope } from './scope';
import type { Budget, NotificationChannel } from './types/operations';

/** The budget of the project. */
export function resolveBudget(
  scope: Scope,
  channels: ReadonlyMap<string, NotificationChannel>,
): Budget | null {
  const { config, problems, prefix } = scope;
  const { budget, google } = config;
  if (budget === undefined) return null;
  const origin = ['budget'];
  if (google.projectNumber === undefined) {
    problems.add({
      path: origin,
      at: 'key',
      message: 'a budget names the project by its number, which is not given',
      allowed: 'google.projectNumber beside it',
      fix: `add projectNumber to google: gcloud projects describe ${google.project} --format='value(projectNumber)'`,
      dependsOn: [['google', 'projectNumber']],
    });
  }
  (budget.channels ?? []).forEach((key, i) => {
    const path = [...origin, 'channels', i];
    const channel = problems.reference(path, key, 'channel', ['monitoring', 'channels'], channels);
    if (channel?.email !== null) return;
    problems.add({
      path,
      message: `the channel '${key}' is no e-mail address, and budgets tell only such`,
      found: key,
      allowed: 'a channel with email',
      fix: 'name an e-mail channel, or leave channels out to tell those who administer the billing account',
      dependsOn: [['monitoring', 'channels', key]],
    });
  });
  return {
    displayName: prefix,
    billingAccount: budget.billingAccount,
    projectNumber: google.projectNumber ?? '0',
    monthlyAmount: budget.monthlyAmount,
    currency: budget.currency,
    thresholds: [...budget.thresholds].sort((a, b) => a - b),
    channels: [...new Set(budget.channels ?? [])],
    origin,
  };
}
