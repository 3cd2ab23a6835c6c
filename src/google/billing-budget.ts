import { BillingBudget as Budget } from '@cdktf/provider-google/lib/billing-budget';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type EntityProps } from './entity';

export interface BillingBudgetProps extends EntityProps {
  /** What people see. */
  readonly displayName: string;
  /** Id of the billing account. Changing this recreates the budget. */
  readonly billingAccount: string;
  /** Number of the project: with its id, Google's answer would show as a change in every plan. */
  readonly projectNumber: string;
  /** Amount for each month, in whole units of the currency. */
  readonly monthlyAmount: number;
  /** Currency of the billing account. */
  readonly currency: string;
  /** Parts of the amount that are told when they are spent; at 1 also when the forecast reaches it. */
  readonly thresholds: readonly number[];
  /**
   * Full names of e-mail channels, at most 5.
   * @default - those who administer the billing account
   */
  readonly channels?: readonly string[];
}

/**
 * A budget for the project. It warns; it stops nothing.
 *
 * @see https://cloud.google.com/billing/docs/how-to/budgets
 */
export class BillingBudget extends Construct {
  readonly budget: Budget;

  constructor(scope: Construct, id: string, props: BillingBudgetProps) {
    super(scope, id);
    const channels = props.channels ?? [];
    this.budget = setAddress(
      new Budget(this, 'budget', {
        billingAccount: props.billingAccount,
        displayName: props.displayName,
        budgetFilter: {
          projects: [`projects/${props.projectNumber}`],
          calendarPeriod: 'MONTH',
          creditTypesTreatment: 'INCLUDE_ALL_CREDITS',
        },
        amount: {
          specifiedAmount: { currencyCode: props.currency, units: String(props.monthlyAmount) },
        },
        thresholdRules: props.thresholds.flatMap((thresholdPercent) => [
          { thresholdPercent, spendBasis: 'CURRENT_SPEND' },
          ...(thresholdPercent === 1 ? [{ thresholdPercent, spendBasis: 'FORECASTED_SPEND' }] : []),
        ]),
        ...(channels.length === 0
          ? {}
          : { allUpdatesRule: { monitoringNotificationChannels: [...channels] } }),
        ...dependencies(props),
      }),
      id,
    );
  }
}
