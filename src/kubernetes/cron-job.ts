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
}

/** Starts a Job by the clock, one at a time. */
export class CronJob extends Construct {
  constructor(scope: Construct, id: string, props: CronJobProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: renderMetadata(props),
      spec: {
        schedule: props.schedule ?? never,
        timeZone: props.timeZone ?? 'Etc/UTC',
        suspend: props.schedule === undefined || props.suspended === true,
        concurrencyPolicy: 'Forbid',
        // A start that was missed (the control plane was being upgraded) is made up for within the hour.
        startingDeadlineSeconds: 3600,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata: { labels: renderLabels(props.labels) },
          spec: renderJobSpec(props),
        },
      },
    });
  }
}
