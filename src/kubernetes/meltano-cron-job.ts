import type { Construct } from 'constructs';
import { CronJob, type CronJobProps } from './cron-job';
import { renderLabels } from './labels';
import { type MeltanoPodProps, renderMeltanoPod } from './meltano-pod';

export interface MeltanoCronJobProps
  extends
    MeltanoPodProps,
    Pick<
      CronJobProps,
      | 'concurrencyPolicy'
      | 'startingDeadlineSeconds'
      | 'successfulJobsHistoryLimit'
      | 'failedJobsHistoryLimit'
      | 'ttlSecondsAfterFinished'
    > {
  /** What is given the tasks. @default ['meltano', 'run'] */
  readonly runCommand?: readonly string[];
  /** Tasks, for example `['tap-xactly', 'target-snowflake']`. */
  readonly run: readonly string[];
  /** When, as cron. @default - never; suspended, and started by hand */
  readonly schedule?: string;
  /** Name of the tz database. */
  readonly timeZone: string;
  readonly suspended: boolean;
  /** After how many seconds a run is ended, with all its attempts. */
  readonly timeoutSeconds: number;
  /** How often a failed run is tried again. */
  readonly retries: number;
  /** Exit codes that no retry mends. @default - those of Meltano for a wrong call, 2, and another version, 3 */
  readonly failOnExitCodes?: readonly number[];
}

/**
 * A pipeline that `meltano run` or `tapline-run run` runs by the clock, without Airflow. Two runs by the clock do not overlap unless that is
 * asked for, since two at once spoil the bookmarks.
 */
export class MeltanoCronJob extends CronJob {
  constructor(scope: Construct, id: string, props: MeltanoCronJobProps) {
    super(scope, id, {
      ...props,
      failOn: { container: 'meltano', exitCodes: props.failOnExitCodes ?? [2, 3] },
      template: renderMeltanoPod(
        props,
        { command: [...(props.runCommand ?? ['meltano', 'run']), ...props.run] },
        {
          labels: renderLabels(props.labels),
          // A run that is moved to another node begins again; the autoscaler leaves it alone.
          annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' },
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 60,
        },
      ),
    });
  }
}
