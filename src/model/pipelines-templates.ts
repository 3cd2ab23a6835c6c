import type { ExtractionTable } from '../config/extraction-manifest';
import type { TaskEnvConfig } from '../config/schema/pipelines-tasks';
import { sortedEntries } from './scope';

type Template = Readonly<{ name: string; template: string }>;

/**
 * The run's moment. A run that is started by hand or by what it depends on has no logical date and no interval in
 * Airflow 3: then it is the moment after which it runs.
 */
const moments = {
  TAPLINE_DATA_INTERVAL_END: 'dag_run.data_interval_end or dag_run.logical_date or dag_run.run_after',
  TAPLINE_DATA_INTERVAL_START: 'dag_run.data_interval_start or dag_run.logical_date or dag_run.run_after',
  TAPLINE_LOGICAL_DATE: 'dag_run.logical_date or dag_run.run_after',
} as const;

/** What every task is told of the run that it belongs to. */
const ofTheRun: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(moments).map(([name, moment]) => [name, `{{ (${moment}).isoformat() }}`]),
  ),
  TAPLINE_DAG_ID: '{{ ti.dag_id }}',
  TAPLINE_RUN_ID: '{{ run_id | replace("$(", "$$(") }}',
  TAPLINE_TASK_ID: '{{ ti.task_id }}',
  TAPLINE_TRY_NUMBER: '{{ ti.try_number }}',
};

/** Names that every task has; nobody else may give them. */
export const reservedVariables: ReadonlySet<string> = new Set(Object.keys(ofTheRun));

/** The variables of a task that Airflow renders. */
export function taskTemplates(env: TaskEnvConfig, table: ExtractionTable | null, hours: number): Template[] {
  const variables = sortedEntries(env).flatMap(([name, value]): [string, string][] =>
    typeof value === 'object' && 'variable' in value
      ? [[name, variableOf(value.variable, value.default)]]
      : [],
  );
  const query: [string, string][] =
    table === null ? [] : [['IMPORT_QUERY', queryOf(table.import_query, hours)]];
  return sortedEntries({ ...ofTheRun, ...Object.fromEntries([...variables, ...query]) }).map(
    ([name, template]) => ({ name, template }),
  );
}

/** Kubernetes would replace `$(NAME)` in what comes out. */
const guarded = '| replace("$(", "$$(")';

function variableOf(name: string, fallback: string): string {
  return `{{ var.value.get(${quoted(name)}, ${quoted(fallback)}) ${guarded} }}`;
}

/** The query of a table: {EXECUTION_DATE} is the run's logical date, {HOURS} the length of the window. */
function queryOf(query: string, hours: number): string {
  const parts = query
    .replaceAll('{HOURS}', String(hours))
    .split('{EXECUTION_DATE}')
    .map((part) => quoted(part));
  return `{{ (${parts.join(` ~ (${moments.TAPLINE_LOGICAL_DATE}).isoformat() ~ `)}) ${guarded} }}`;
}

/** A text in an expression of Jinja, which reads the escapes of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
