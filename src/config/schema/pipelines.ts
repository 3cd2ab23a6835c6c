import * as z from 'zod';
import { env, resources } from './common';
import { cronProblem } from '../cron';
import { isTimeZone, suggestTimeZone } from '../time-zones';

/** A pipeline: what `meltano run` runs, and when. */
export const pipeline = z.strictObject({
  meltano: z.string().describe('The project under meltano that it belongs to.'),
  run: z
    .string()
    .min(1)
    .regex(/^\S+( \S+)*$/, 'tasks separated by single blanks')
    .describe('What is run: the arguments of `meltano run`, for example "tap-xactly target-snowflake".'),
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
  pool: z.string().optional().describe('Node pool that it runs on. Default: that of the project.'),
  timeoutSeconds: z.int().min(60).default(21600).describe('After how many seconds a run is ended.'),
  retries: z.int().min(0).max(10).default(2).describe('How often a failed run is tried again.'),
  suspended: z.boolean().default(false).describe('Whether the schedule rests.'),
  env: env.default({}).describe('Environment beside that of the project; wins over it.'),
  resources: resources.optional().describe('Requests and limits. Default: those of the project.'),
});
export type PipelineConfig = z.infer<typeof pipeline>;
