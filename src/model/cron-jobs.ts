import type { ConfigPath } from '../config/problem';
import type { CronJobConfig } from '../config/schema/cron-job';
import type { CronJobSettings } from './types/cron-job';
import type { Problems } from './problems';

/** What decides about starts by the clock does nothing where there is no clock. */
const clockSettings = ['concurrencyPolicy', 'startingDeadlineSeconds'] as const;

/** The CronJob of a pipeline: safe defaults, and a problem for each setting that would do nothing. */
export function resolveCronJob(
  config: CronJobConfig | undefined,
  origin: ConfigPath,
  pipeline: { readonly schedule?: string | undefined },
  problems: Problems,
): CronJobSettings {
  if (pipeline.schedule === undefined) {
    for (const name of clockSettings.filter((each) => config?.[each] !== undefined)) {
      problems.add({
        path: [...origin, 'cronJob', name],
        at: 'key',
        message: 'this pipeline has no schedule, so nothing is started by the clock',
        found: `${name}: ${String(config?.[name])}`,
        allowed: 'a pipeline with a schedule',
        fix: 'remove the line, or add a schedule',
        dependsOn: [[...origin, 'schedule']],
      });
    }
  }
  return {
    concurrencyPolicy: config?.concurrencyPolicy ?? 'Forbid',
    startingDeadlineSeconds: config?.startingDeadlineSeconds ?? 3600,
    successfulJobsHistoryLimit: config?.successfulJobsHistoryLimit ?? 3,
    failedJobsHistoryLimit: config?.failedJobsHistoryLimit ?? 3,
    ttlSecondsAfterFinished: config?.ttlSecondsAfterFinished ?? null,
    failOnExitCodes: [...(config?.failOnExitCodes ?? [2, 3])].sort((a, b) => a - b),
  };
}
