import * as z from 'zod';
import { key, mapOf, secretReference } from './common';
import { task, taskEnv, taskSettings } from './pipelines-tasks';
import { cronJob } from './cron-job';
import { cronProblem } from '../cron';
import { isTimeZone, suggestTimeZone } from '../time-zones';

/** What a pipeline does; the initials are the prefixes of its DAG's id. */
export const pipelineKinds = ['extract', 'load', 'transform', 'pump', 'metadata'] as const;

/** A pipeline: what is run, where, and when. */
export const pipeline = z.strictObject({
  airflow: z
    .string()
    .optional()
    .describe('The Airflow under airflow that runs it, as a DAG. Default: none; a CronJob runs it.'),
  kind: z
    .array(z.enum(pipelineKinds))
    .min(1)
    .refine((all) => new Set(all).size === all.length, { error: 'each kind once' })
    .optional()
    .describe(`Only in Airflow: what it does, of ${pipelineKinds.join(', ')}. The initials become the prefix of the id of the DAG, for example el_, and the kinds its tags.`),
  dagId: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,250}$/, 'letters, digits, underscores, dots and hyphens, at most 250')
    .optional()
    .describe('Only in Airflow: id of the DAG. Default: the prefix of its kind and its key, with underscores. Changing this begins a new history.'),
  description: z.string().max(500).optional().describe('Only in Airflow: what people read beside its name.'),
  tags: z
    .array(z.string().min(1).max(100))
    .optional()
    .describe('Only in Airflow: tags beside those of its kind.'),
  owner: z.string().min(1).max(100).optional().describe('Only in Airflow: who answers for it. Default: the name of the platform.'),
  dependsOn: z
    .array(key)
    .min(1)
    .optional()
    .describe('Only in Airflow: pipelines after which it runs: when each of them has succeeded since it ran last. It then has no schedule of its own.'),
  ...taskSettings,
  tasks: mapOf(task)
    .refine((tasks) => Object.keys(tasks).length > 0, { error: 'at least one task' })
    .optional()
    .describe('Only in Airflow: its tasks by name, instead of `run` or `command`. What the pipeline says of retries, pools and the like holds for those that do not say it themselves.'),
  schedule: z
    .string()
    .superRefine((value, context) => {
      const problem = cronProblem(value);
      if (problem === undefined) return;
      const params = problem.fix === undefined ? {} : { params: { fix: problem.fix } };
      context.addIssue({ code: 'custom', message: problem.allowed, ...params });
    })
    .optional()
    .describe('When, as cron with five fields or @hourly, @daily, @weekly, @monthly, @yearly. Default: only by hand.'),
  timeZone: z
    .string()
    .superRefine((value, context) => {
      if (isTimeZone(value)) return;
      context.addIssue({
        code: 'custom',
        message: 'a name of the tz database such as Europe/Berlin',
        params: { fix: suggestTimeZone(value) },
      });
    })
    .default('Etc/UTC')
    .describe('Time zone of the schedule.'),
  suspended: z.boolean().default(false).describe('Whether the schedule rests.'),
  cronJob: cronJob
    .optional()
    .describe('Only without Airflow: how its CronJob treats overlaps, starts that were missed, failures and old Jobs.'),
  env: taskEnv.default({}).describe('Environment beside that of the project; wins over it. Variables of Airflow are for pipelines that it runs.'),
  startDate: z.iso
    .date({ error: 'a day such as 2026-01-31' })
    .optional()
    .describe('Only in Airflow: the first day that there may be a run for. Default: 2026-01-01.'),
  catchup: z
    .boolean()
    .optional()
    .describe('Only in Airflow: whether it runs for every interval since startDate that it has not run for. Default: false; `airflow backfill` does it on request.'),
  maxActiveRuns: z.int().min(1).max(1000).optional().describe('Only in Airflow: how many runs there are at a time. Default: 1; two at once spoil the bookmarks of a Meltano job.'),
  deadlineSeconds: z.int().min(60).optional().describe('Only in Airflow: after how many seconds a run with all its tasks fails. Default: none.'),
  deferrable: z
    .boolean()
    .optional()
    .describe('Only in Airflow: whether the triggerer waits for the pods, and no process of some 250 MiB for each. Default: false.'),
  onFinishAction: z
    .enum(['delete_pod', 'delete_succeeded_pod', 'keep_pod'])
    .optional()
    .describe('Only in Airflow: what becomes of a pod that has ended. Default: delete_pod.'),
  alerts: z
    .strictObject({
      slack: secretReference.describe('SECRET/KEY with the address of an incoming webhook, in the namespace of the Airflow.'),
    })
    .optional()
    .describe('Only in Airflow: who is told when a task has failed for good.'),
});
export type PipelineConfig = z.infer<typeof pipeline>;
