import type { ExtractionTable } from '../config/extraction-manifest';
import type { ConfigPath } from '../config/problem';
import type { PipelineConfig } from '../config/schema/pipelines';
import type { TaskConfig, TaskEnvConfig } from '../config/schema/pipelines-tasks';
import { checkLimits } from './checks';
import { lockImage, resolveImageReference } from './images';
import { fit } from './names';
import { plainTaskEnv } from './pipelines';
import { readTables, tableEnv, tableKey } from './pipelines-manifest';
import { reservedVariables, taskTemplates } from './pipelines-templates';
import type { DagTask, EnvVar, Image, Meltano, TaskDays } from './platform';
import { clusterOf, type Scope, sortedEntries } from './scope';
import type { TaskHome } from './pipelines-home';
import { mergeEnv, resolveEnv, resolvePlacement, resolveResources, secretsOf } from './workloads';

/** Eight characters and a hyphen less than a label: each run adds a suffix. */
const podNameLimit = 54;

/** What the tasks of a pipeline are resolved with. */
export interface TaskContext {
  readonly scope: Scope;
  /** Key of the pipeline. */
  readonly pipeline: string;
  readonly config: PipelineConfig;
  readonly projects: ReadonlyMap<string, Meltano>;
  /** Key of the Airflow, the cluster that it is on, and its pools. */
  readonly airflow: { readonly key: string; readonly cluster: string; readonly pools: readonly string[] };
  /** What tasks of no Meltano project are. */
  readonly home: () => TaskHome;
}

/** A task as it is declared, and where; a pipeline without tasks is one itself. */
interface Declared {
  readonly key: string;
  readonly config: Partial<TaskConfig> & Pick<TaskConfig, 'env' | 'after'>;
  readonly origin: ConfigPath;
  /** Whether the pipeline is the task. */
  readonly alone: boolean;
}

/** The tasks of a pipeline by the names that the file has for them: several where one stands for tables, none on faults. */
export function resolveTasks(context: TaskContext): Map<string, DagTask[]> {
  const { config, pipeline } = context;
  const origin: ConfigPath = ['pipelines', pipeline];
  if (config.tasks === undefined) {
    const alone: Declared = { key: pipeline, config: { ...config, after: [], env: {} }, origin, alone: true };
    return new Map([[pipeline, resolveTask(context, alone)]]);
  }
  return new Map(
    sortedEntries(config.tasks).map(([key, task]) => [
      key,
      resolveTask(context, { key, config: task, origin: [...origin, 'tasks', key], alone: false }),
    ]),
  );
}

function resolveTask(context: TaskContext, declared: Declared): DagTask[] {
  const { scope, config: pipeline } = context;
  const { config, origin } = declared;
  const at = (setting: keyof TaskConfig & keyof PipelineConfig): ConfigPath =>
    config[setting] === undefined ? ['pipelines', context.pipeline, setting] : [...origin, setting];
  const projectName = config.meltano ?? pipeline.meltano;
  const project =
    projectName === undefined
      ? undefined
      : scope.problems.reference(
          at('meltano'),
          projectName,
          'Meltano project',
          ['meltano'],
          context.projects,
        );
  if (projectName !== undefined && project === undefined) return [];
  const what = runOf(context, declared, project);
  if (what === undefined) return [];
  const home = project ?? context.home();
  checkCluster(context, home, projectName === undefined ? origin : at('meltano'));
  const variables = { ...pipeline.env, ...config.env };
  const shared = resolveTaskEnv(scope, pipeline.env, ['pipelines', context.pipeline, 'env'], home);
  const own = declared.alone ? [] : resolveTaskEnv(scope, config.env, [...origin, 'env'], home);
  const pool = config.pool ?? pipeline.pool;
  const resources = config.resources ?? pipeline.resources;
  const measured =
    resources === undefined
      ? home.resources
      : resolveResources(resources, {
          cpu: home.resources.requests.cpu ?? '500m',
          memory: home.resources.requests.memory ?? '1Gi',
          ephemeralStorage: home.resources.requests['ephemeral-storage'] ?? '2Gi',
        });
  if (resources !== undefined) checkLimits(scope, measured, at('resources'));
  const base = {
    cluster: home.cluster,
    namespace: home.namespace,
    identity: home.identity,
    runAs: home.runAs,
    image: what.image,
    command: what.command,
    directory: what.directory,
    meltano: project?.key ?? null,
    placement: pool === undefined ? home.placement : resolvePlacement(scope, pool, at('pool'), home.cluster),
    egress: home.egress,
    database: project?.database ?? null,
    group: config.group ?? null,
    after: config.after,
    days: daysOf(config),
    followsSkipped: false,
    airflowPool: airflowPoolOf(context, config.airflowPool ?? pipeline.airflowPool, at('airflowPool')),
    poolSlots: config.poolSlots ?? pipeline.poolSlots ?? 1,
    retries: config.retries ?? pipeline.retries ?? 2,
    retryDelaySeconds: config.retryDelaySeconds ?? pipeline.retryDelaySeconds ?? 300,
    timeoutSeconds: config.timeoutSeconds ?? pipeline.timeoutSeconds ?? 21600,
    xcom: config.xcom ?? pipeline.xcom ?? false,
    resources: measured,
    origin,
  } satisfies Partial<DagTask>;
  const make = (key: string, table: ExtractionTable | null): DagTask => {
    const templates = taskTemplates(variables, table, config.manifest?.hours ?? 24);
    const rendered = new Set(templates.map(({ name }) => name));
    const literals = mergeEnv(mergeEnv(home.env, shared), [...own, ...tableEnv(table)]);
    const env: EnvVar[] = literals.filter(({ name }) => !rendered.has(name));
    return {
      ...base,
      key,
      podName: fit(podNameLimit, ...(declared.alone ? [] : [context.pipeline]), key),
      env,
      templates,
      secrets: secretsOf(scope, env),
    };
  };
  if (config.manifest === undefined) return [make(declared.key, null)];
  const tables = readTables(scope, config.manifest.file, [...origin, 'manifest', 'file']);
  return tables.map(([name, table]) => ({
    ...make(`${tableKey(name)}-${declared.key}`, table),
    group: config.group ?? declared.key,
  }));
}

/** Image and command; undefined, with a problem, where they are not said or said twice. */
function runOf(
  context: TaskContext,
  { config, origin, alone }: Declared,
  project: Meltano | undefined,
): { image: Image; command: readonly string[]; directory: string | null } | undefined {
  const { problems, registries, lock } = context.scope;
  const { run, command } = config;
  if (run !== undefined && (command !== undefined || config.image !== undefined)) {
    const setting = command === undefined ? 'image' : 'command';
    problems.add({
      path: [...origin, setting],
      message:
        setting === 'image'
          ? 'run takes the image of the Meltano project'
          : 'a task either runs the tasks of a Meltano project or a command',
      found: `run and ${setting}`,
      allowed: 'run, or command with or without an image',
      fix: `remove ${setting}, or run`,
    });
    return undefined;
  }
  if (run === undefined && command === undefined) {
    problems.add({
      path: [...origin, 'run'],
      message: alone ? 'run is required and missing' : 'run or command is required and missing',
      allowed: 'a text, or command with a list of texts instead',
      fix: 'add run: tap-postgres target-postgres, or command: [dbt, build]',
    });
    return undefined;
  }
  if (run !== undefined) {
    if (project !== undefined) {
      return {
        image: project.image,
        command: [...project.runCommand, ...run.split(' ')],
        directory: project.directory,
      };
    }
    problems.add({
      path: [...origin, 'meltano'],
      message: 'run is for a Meltano project, and none is named',
      allowed: 'a key under meltano',
      fix: 'add meltano: PROJECT, or write command and image instead of run',
    });
    return undefined;
  }
  const own = config.image === undefined ? ['pipelines', context.pipeline, 'image'] : [...origin, 'image'];
  const reference = config.image ?? context.config.image;
  if (reference !== undefined) {
    const resolved = resolveImageReference(reference, own, registries, problems);
    return { image: lockImage(resolved, lock, own), command: command ?? [], directory: null };
  }
  if (project !== undefined) {
    return { image: project.image, command: command ?? [], directory: project.directory };
  }
  problems.add({
    path: [...origin, 'image'],
    message: 'a command of no Meltano project needs an image, and none is named',
    allowed: 'REGISTRY/NAME:TAG or HOST/NAME:TAG',
    fix: 'add image: images/dbt:1.0.0, or meltano: PROJECT',
  });
  return undefined;
}

/** Literals and secrets; Variables of Airflow are templates. */
function resolveTaskEnv(scope: Scope, env: TaskEnvConfig, path: ConfigPath, home: TaskHome): EnvVar[] {
  for (const name of Object.keys(env).filter((each) => reservedVariables.has(each))) {
    scope.problems.add({
      path: [...path, name],
      at: 'key',
      message: `every task has the variable '${name}': it tells of the run`,
      found: name,
      allowed: `names other than ${[...reservedVariables].join(', ')}`,
      fix: 'give it another name',
    });
  }
  return resolveEnv(scope, plainTaskEnv(env), path, home.namespace, home.identity);
}

function daysOf({
  on,
  notOn,
}: {
  readonly on?: string | undefined;
  readonly notOn?: string | undefined;
}): TaskDays | null {
  const text = on ?? notOn;
  if (text === undefined) return null;
  const [week = '', weekday = ''] = text.split('-');
  const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
  const weeks: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };
  return {
    text: `${on === undefined ? 'not on' : 'on'} ${text}`,
    weekday: weekdays.indexOf(weekday),
    week: weeks[week] ?? null,
    not: on === undefined,
  };
}

function airflowPoolOf({ scope, airflow }: TaskContext, asked: string | undefined, path: ConfigPath): string {
  const pool = asked ?? 'default_pool';
  const declared = new Map(['default_pool', ...airflow.pools].map((name) => [name, name]));
  scope.problems.reference(path, pool, 'pool of Airflow', ['airflow', airflow.key, 'pools'], declared);
  return pool;
}

/** An Airflow starts pods on its own cluster only. */
function checkCluster({ scope, airflow }: TaskContext, home: TaskHome, path: ConfigPath): void {
  if (home.cluster === airflow.cluster) return;
  scope.problems.add({
    path,
    message: `the Airflow '${airflow.key}' starts no pods on another cluster`,
    found: `its cluster is '${airflow.cluster}'; the namespace '${home.namespace}' is on '${clusterOf(scope, home.namespace)}'`,
    allowed: 'tasks whose namespace is on the cluster of their Airflow',
    fix: `name an Airflow of the cluster '${home.cluster}', or no airflow: a CronJob then runs it`,
    dependsOn: [['namespaces'], ['airflow', airflow.key, 'namespace']],
  });
}
