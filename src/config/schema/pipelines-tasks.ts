import * as z from 'zod';
import { envName, envValue, imageReference, key, resources } from './common';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const weeks = ['first', 'second', 'third', 'fourth', 'last', 'every'];

/** A weekday within the month, which cron cannot say. */
const days = z.string().regex(new RegExp(`^(${weeks.join('|')})-(${weekdays.join('|')})$`), {
  error: `first-, second-, third-, fourth-, last- or every-, and a weekday, for example first-sunday`,
});

/** A Variable of Airflow, which people set in the web interface. */
const variable = z.strictObject({
  variable: z
    .string()
    .regex(/^[A-Za-z_][\w.-]{0,249}$/, 'letters, digits, underscores, dots and hyphens, first a letter')
    .describe('Name of the Variable, read when the task starts.'),
  default: z.string().default('').describe('The value while nobody has set it.'),
});

/** Environment of a pipeline or a task: as that of any workload, and in Airflow also Variables. */
export const taskEnv = z.record(
  envName,
  z.union([...envValue.options, variable], {
    error:
      'a text, a number, { secret: NAME/KEY }, { variable: NAME, default: TEXT } or { value: TEXT, notSecret: true }',
  }),
);
export type TaskEnvConfig = z.infer<typeof taskEnv>;

/** `meltano run` takes them separated by blanks. */
export const runTasks = z
  .string()
  .min(1)
  .regex(/^\S+( \S+)*$/, 'tasks separated by single blanks');

/** What a container runs. */
export const command = z
  .array(z.string().min(1))
  .min(1)
  .describe('The command and its arguments.');

/** Name of a pool of Airflow. */
export const airflowPoolName = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,200}$/, 'letters, digits, underscores, dots and hyphens, at most 200');

/** What a pipeline says for all its tasks, and a task for itself. */
export const taskSettings = {
  meltano: z
    .string()
    .optional()
    .describe('The project under meltano whose image, identity, environment and node pool are taken. Default: that of the pipeline; without one, a task needs an image.'),
  run: runTasks
    .optional()
    .describe('What is run: the arguments of `meltano run`, for example "tap-xactly target-snowflake".'),
  image: imageReference
    .optional()
    .describe('Image of a task with a command: REGISTRY/NAME:TAG with a registry of this platform, or a full reference. Default: that of the Meltano project.'),
  command: command.optional(),
  pool: z.string().optional().describe('Node pool that it runs on. Default: that of the project, or of the tasks of the Airflow.'),
  airflowPool: airflowPoolName
    .optional()
    .describe('Pool of Airflow that limits how many run at a time, declared under airflow.KEY.pools. Default: default_pool.'),
  poolSlots: z.int().min(1).max(1000).optional().describe('Slots of that pool that it takes. Default: 1.'),
  resources: resources.optional().describe('Requests and limits. Default: those of the project; without one, 500m and 1Gi.'),
  retries: z.int().min(0).max(10).optional().describe('How often a failed run is tried again. Default: 2.'),
  retryDelaySeconds: z
    .int()
    .min(1)
    .max(86400)
    .optional()
    .describe('Only in Airflow: how long it waits before the first retry; then twice as long each time, at most an hour. Default: 300.'),
  timeoutSeconds: z.int().min(60).optional().describe('After how many seconds a run is ended. Default: 21600.'),
  xcom: z
    .boolean()
    .optional()
    .describe('Only in Airflow: whether /airflow/xcom/return.json, which the task writes, becomes its XCom. Default: false.'),
};

/** One task of a pipeline that has several. */
export const task = z.strictObject({
  ...taskSettings,
  after: z.array(key).default([]).describe('Tasks of the pipeline that must have succeeded before.'),
  group: key.optional().describe('Group that it is drawn in.'),
  on: days.optional().describe('Only on this day: for example first-sunday; on others it is skipped, and what comes after it goes on. Days are those of the time zone of the pipeline.'),
  notOn: days.optional().describe('Not on this day.'),
  manifest: z
    .strictObject({
      file: z.string().min(1).describe('The manifest, seen from this file.'),
      hours: z.int().min(1).max(8784).default(24).describe('What {HOURS} in a query stands for.'),
    })
    .optional()
    .describe('A manifest of tables to extract from a database: the task becomes one for each table, with the settings of the table in its environment (IMPORT_DB, IMPORT_QUERY, EXPORT_SCHEMA, EXPORT_TABLE, EXPORT_TABLE_PRIMARY_KEY, ADVANCED_METADATA).'),
  env: taskEnv.default({}).describe('Environment beside that of the pipeline; wins over it.'),
});
export type TaskConfig = z.infer<typeof task>;
