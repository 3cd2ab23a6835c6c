import * as z from 'zod';

/** How the CronJob of a pipeline behaves that no Airflow runs; the terms are those of Kubernetes. */
export const cronJob = z.strictObject({
  concurrencyPolicy: z
    .enum(['Forbid', 'Replace', 'Allow'])
    .optional()
    .describe(
      'What happens when the last run is still under way. Forbid leaves the new one out; Replace ends the last one; Allow runs both. Default: Forbid; two runs at once spoil the bookmarks, so the policy wants a waiver of TL-RUN-001 for the others.',
    ),
  startingDeadlineSeconds: z
    .int()
    .min(10)
    .max(604800)
    .optional()
    .describe('How late a start may be that was missed, for example while the control plane was upgraded. Default: 3600.'),
  successfulJobsHistoryLimit: z
    .int()
    .min(0)
    .max(100)
    .default(3)
    .describe('How many Jobs that succeeded are kept, with their logs.'),
  failedJobsHistoryLimit: z
    .int()
    .min(0)
    .max(100)
    .default(3)
    .describe('How many Jobs that failed are kept, with their logs.'),
  ttlSecondsAfterFinished: z
    .int()
    .min(60)
    .optional()
    .describe('After how many seconds a Job that has ended goes, whatever the limits say. Default: never.'),
  failOnExitCodes: z
    .array(z.int().min(1).max(255))
    .min(1)
    .max(255)
    .refine((codes) => new Set(codes).size === codes.length, { error: 'each code once' })
    .default([2, 3])
    .describe(
      'Exit codes after which no retry is made, since it would fail in the same way. Default: those of Meltano for a wrong call or no project (2) and for a project of another version (3).',
    ),
});
export type CronJobConfig = z.infer<typeof cronJob>;
