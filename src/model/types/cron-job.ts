/** How the CronJob of a pipeline behaves, in the terms of Kubernetes. */
export interface CronJobSettings {
  readonly concurrencyPolicy: 'Forbid' | 'Replace' | 'Allow';
  readonly startingDeadlineSeconds: number;
  readonly successfulJobsHistoryLimit: number;
  readonly failedJobsHistoryLimit: number;
  /** Null where Jobs go by the limits alone. */
  readonly ttlSecondsAfterFinished: number | null;
  /** Exit codes that no retry mends, in ascending order. */
  readonly failOnExitCodes: readonly number[];
}
