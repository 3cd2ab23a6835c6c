import {
  MonitoringAlertPolicy,
  type MonitoringAlertPolicyConditions,
} from '@cdktf/provider-google/lib/monitoring-alert-policy';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';

export type AlertSeverity = 'CRITICAL' | 'ERROR' | 'WARNING';

export interface AlertPolicyProps extends LabelledEntityProps {
  /** What people see. */
  readonly displayName: string;
  /** When it is told. */
  readonly condition: AlertCondition;
  readonly severity: AlertSeverity;
  /** Full names of notification channels, `projects/P/notificationChannels/N`. */
  readonly channels: readonly string[];
  /**
   * What it means and what to do, in Markdown.
   * @default - nothing
   */
  readonly summary?: string;
}

export type AlertCondition =
  /** Each series that the query returns, once it has held that long, in steps of a minute. */
  | { readonly kind: 'promql'; readonly query: string; readonly durationSeconds: number }
  /** Each log entry that matches, told every 5 minutes at most. */
  | { readonly kind: 'log'; readonly filter: string };

/**
 * Tells people when something goes wrong.
 *
 * @see https://cloud.google.com/monitoring/alerts
 */
export class AlertPolicy extends Construct {
  readonly policy: MonitoringAlertPolicy;

  constructor(scope: Construct, id: string, props: AlertPolicyProps) {
    super(scope, id);
    const { summary = '' } = props;
    this.policy = setAddress(
      new MonitoringAlertPolicy(this, 'policy', {
        project: props.project,
        displayName: props.displayName,
        combiner: 'OR',
        enabled: true,
        severity: props.severity,
        conditions: [conditionOf(props)],
        notificationChannels: [...props.channels],
        userLabels: { ...props.labels },
        ...(summary === '' ? {} : { documentation: { content: summary, mimeType: 'text/markdown' } }),
        ...(props.condition.kind === 'log'
          ? { alertStrategy: { autoClose: '86400s', notificationRateLimit: { period: '300s' } } }
          : {}),
        ...dependencies(props),
      }),
      id,
    );
  }
}

function conditionOf({ displayName, condition }: AlertPolicyProps): MonitoringAlertPolicyConditions {
  if (condition.kind === 'log') {
    return { displayName, conditionMatchedLog: { filter: condition.filter } };
  }
  return {
    displayName,
    conditionPrometheusQueryLanguage: {
      query: condition.query,
      duration: `${condition.durationSeconds}s`,
      evaluationInterval: '60s',
      // A metric that nothing has written yet would be refused.
      disableMetricValidation: true,
    },
  };
}
