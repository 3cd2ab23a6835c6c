import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type JobSpecProps, renderJobSpec } from './job';
import { type ObjectProps, renderLabels, renderMetadata } from './labels';

/** 31 February: a schedule is required, this one never comes. */
const never = '0 0 31 2 *';

export interface CronJobProps extends ObjectProps, JobSpecProps {
  /**
   * When, as cron with five fields or `@daily` and the like.
   * @default - never; suspended, and started by hand: `kubectl create job --from=cronjob/NAME`
   */
  readonly schedule?: string;
  /** Name of the tz database. @default 'Etc/UTC' */
  readonly timeZone?: string;
  /** Whether the schedule rests. @default false */
  readonly suspended?: boolean;
  /** What happens when the last Job is still under way: the new one is left out, ends it, or runs beside it. @default 'Forbid' */
  readonly concurrencyPolicy?: 'Forbid' | 'Replace' | 'Allow';
  /**
   * How late a start may be that was missed, for example while the control plane was upgraded; at least 10.
   * @default 3600
   */
  readonly startingDeadlineSeconds?: number;
  /** How many Jobs that succeeded are kept. @default 3 */
  readonly successfulJobsHistoryLimit?: number;
  /** How many Jobs that failed are kept. @default 3 */
  readonly failedJobsHistoryLimit?: number;
}

/** Starts a Job by the clock, one at a time unless it is told otherwise. */
export class CronJob extends Construct {
  constructor(scope: Construct, id: string, props: CronJobProps) {
    super(scope, id);
    if ((props.startingDeadlineSeconds ?? 3600) < 10) {
      throw new Error(
        `CronJob '${props.name}': got startingDeadlineSeconds ${String(props.startingDeadlineSeconds)}; allowed is 10 or more, since Kubernetes looks every 10 seconds; raise it or leave it out`,
      );
    }
    new ApiObject(this, 'Resource', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: renderMetadata(props),
      spec: {
        schedule: props.schedule ?? never,
        timeZone: props.timeZone ?? 'Etc/UTC',
        suspend: props.schedule === undefined || props.suspended === true,
        concurrencyPolicy: props.concurrencyPolicy ?? 'Forbid',
        startingDeadlineSeconds: props.startingDeadlineSeconds ?? 3600,
        successfulJobsHistoryLimit: props.successfulJobsHistoryLimit ?? 3,
        failedJobsHistoryLimit: props.failedJobsHistoryLimit ?? 3,
        jobTemplate: {
          metadata: { labels: renderLabels(props.labels) },
          spec: renderJobSpec(props),
        },
      },
    });
  }
}
