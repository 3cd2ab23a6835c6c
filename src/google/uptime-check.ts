import { MonitoringAlertPolicy } from '@cdktf/provider-google/lib/monitoring-alert-policy';
import { MonitoringUptimeCheckConfig } from '@cdktf/provider-google/lib/monitoring-uptime-check-config';
import { Construct } from 'constructs';
import { setAddress } from './address';
import type { AlertSeverity } from './alert-policy';
import { dependencies, type LabelledEntityProps } from './entity';

export interface UptimeCheckProps extends LabelledEntityProps {
  /** What people see. */
  readonly displayName: string;
  /** Host that is asked by HTTPS. Changing this recreates the check. */
  readonly host: string;
  readonly path: string;
  /** 60, 300, 600 or 900. */
  readonly periodSeconds: number;
  /** 1 to 60. */
  readonly timeoutSeconds: number;
  /**
   * Statuses that are right.
   * @default - 200 to 299
   */
  readonly statuses?: readonly number[];
  readonly severity: AlertSeverity;
  /** Full names of notification channels, `projects/P/notificationChannels/N`. */
  readonly channels: readonly string[];
}

/**
 * Asks a web interface from outside, with a valid certificate, and tells when it fails in more than one region.
 *
 * @see https://cloud.google.com/monitoring/uptime-checks
 */
export class UptimeCheck extends Construct {
  readonly check: MonitoringUptimeCheckConfig;
  readonly alert: MonitoringAlertPolicy;

  constructor(scope: Construct, id: string, props: UptimeCheckProps) {
    super(scope, id);
    const { project } = props;
    const userLabels = { ...props.labels };
    this.check = setAddress(
      new MonitoringUptimeCheckConfig(this, 'check', {
        project,
        displayName: props.displayName,
        period: `${props.periodSeconds}s`,
        timeout: `${props.timeoutSeconds}s`,
        logCheckFailures: true,
        monitoredResource: { type: 'uptime_url', labels: { project_id: project, host: props.host } },
        httpCheck: {
          path: props.path,
          port: 443,
          requestMethod: 'GET',
          useSsl: true,
          validateSsl: true,
          ...(props.statuses === undefined || props.statuses.length === 0
            ? {}
            : { acceptedResponseStatusCodes: props.statuses.map((statusValue) => ({ statusValue })) }),
        },
        userLabels,
        ...dependencies(props),
      }),
      id,
    );
    this.alert = setAddress(
      new MonitoringAlertPolicy(this, 'alert', {
        project,
        displayName: `${props.displayName} does not answer`,
        combiner: 'OR',
        enabled: true,
        severity: props.severity,
        conditions: [
          {
            displayName: `${props.host}${props.path} fails in more than one region`,
            conditionThreshold: {
              filter: `resource.type = "uptime_url" AND metric.type = "monitoring.googleapis.com/uptime_check/check_passed" AND metric.labels.check_id = "${this.check.uptimeCheckId}"`,
              comparison: 'COMPARISON_GT',
              thresholdValue: 1,
              duration: '60s',
              trigger: { count: 1 },
              aggregations: [
                {
                  alignmentPeriod: '1200s',
                  perSeriesAligner: 'ALIGN_NEXT_OLDER',
                  crossSeriesReducer: 'REDUCE_COUNT_FALSE',
                  groupByFields: ['resource.label.host'],
                },
              ],
            },
          },
        ],
        notificationChannels: [...props.channels],
        userLabels,
      }),
      id,
      'uptime',
    );
  }
}
