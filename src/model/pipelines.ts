import type { EnvConfig } from '../config/schema/common';
import type { PipelineConfig } from '../config/schema/pipelines';
import type { TaskEnvConfig } from '../config/schema/pipelines-tasks';
import type { ConfigPath } from '../config/problem';
import { resolveCronJob } from './cron-jobs';
import { fit, limits } from './names';
import type { EnvVar, Meltano, Pipeline } from './platform';
import { type Scope, sortedEntries } from './scope';
import { mergeEnv, resolveEnv, resolvePlacement, resolveResources, secretsOf } from './workloads';

/** Settings that only a DAG of Airflow has. */
const onlyInAirflow = [
  'kind',
  'dagId',
  'description',
  'tags',
  'owner',
  'dependsOn',
  'image',
  'command',
  'airflowPool',
  'poolSlots',
  'retryDelaySeconds',
  'xcom',
  'tasks',
  'startDate',
  'catchup',
  'maxActiveRuns',
  'deadlineSeconds',
  'deferrable',
  'onFinishAction',
  'alerts',
] as const satisfies readonly (keyof PipelineConfig)[];

/** The pipelines that CronJobs run: those that name no Airflow. */
export function resolvePipelines(scope: Scope, projects: ReadonlyMap<string, Meltano>): Pipeline[] {
  return sortedEntries(scope.config.pipelines).flatMap(([key, config]) => {
    if (config.airflow !== undefined) return [];
    checkRunner(scope, key, config);
    if (config.meltano === undefined) {
      tellMissing(scope, key, 'meltano', 'a key under meltano', 'meltano: PROJECT, a key under meltano');
      return [];
    }
    const path = ['pipelines', key, 'meltano'];
    const project = scope.problems.reference(path, config.meltano, 'Meltano project', ['meltano'], projects);
    if (config.run === undefined) {
      if (config.tasks === undefined && config.command === undefined) {
        tellMissing(scope, key, 'run', 'a text', 'run: tap-postgres target-postgres');
      }
      return [];
    }
    return project === undefined
      ? []
      : [resolvePipeline(scope, key, { ...config, run: config.run }, project)];
  });
}

function tellMissing(scope: Scope, key: string, setting: string, allowed: string, example: string): void {
  scope.problems.add({
    path: ['pipelines', key, setting],
    message: `${setting} is required and missing`,
    allowed,
    fix: `add ${example}`,
  });
}

/** A CronJob runs one `meltano run` by the clock, and knows nothing of the rest. */
function checkRunner(scope: Scope, key: string, config: PipelineConfig): void {
  const fix = 'name the Airflow that runs the pipeline by airflow: KEY, or remove it';
  for (const setting of onlyInAirflow) {
    if (config[setting] === undefined) continue;
    scope.problems.add({
      path: ['pipelines', key, setting],
      at: 'key',
      message: `${setting} is for pipelines that an Airflow runs, and a CronJob runs this one`,
      found: setting,
      allowed: 'settings of a CronJob',
      fix,
    });
  }
  for (const [name, value] of sortedEntries(config.env)) {
    if (typeof value !== 'object' || !('variable' in value)) continue;
    scope.problems.add({
      path: ['pipelines', key, 'env', name],
      message: 'Variables are for pipelines that an Airflow runs, and a CronJob runs this one',
      found: `variable: ${value.variable}`,
      allowed: 'a text, a number or { secret: NAME/KEY }',
      fix,
    });
  }
}

/** The environment without Variables of Airflow. */
export function plainTaskEnv(env: TaskEnvConfig): EnvConfig {
  return Object.fromEntries(
    sortedEntries(env).flatMap(([name, value]) =>
      typeof value === 'object' && 'variable' in value ? [] : [[name, value] as const],
    ),
  );
}

function resolvePipeline(
  scope: Scope,
  key: string,
  config: PipelineConfig & { readonly run: string },
  project: Meltano,
): Pipeline {
  const origin: ConfigPath = ['pipelines', key];
  const own = resolveEnv(
    scope,
    plainTaskEnv(config.env),
    [...origin, 'env'],
    project.namespace,
    project.identity,
  );
  const env: readonly EnvVar[] = own.length === 0 ? project.env : mergeEnv(project.env, own);
  const asked = config.resources;
  return {
    key,
    cluster: project.cluster,
    namespace: project.namespace,
    identity: project.identity,
    image: project.image,
    runAs: project.runAs,
    placement:
      config.pool === undefined
        ? project.placement
        : resolvePlacement(scope, config.pool, [...origin, 'pool'], project.cluster),
    env,
    egress: project.egress,
    secrets: own.length === 0 ? project.secrets : secretsOf(scope, env),
    meltano: project.key,
    name: fit(limits.cronJob, key),
    directory: project.directory,
    runCommand: project.runCommand,
    run: config.run.split(' '),
    schedule: config.schedule ?? null,
    timeZone: config.timeZone,
    timeoutSeconds: config.timeoutSeconds ?? 21600,
    retries: config.retries ?? 2,
    suspended: config.suspended,
    cronJob: resolveCronJob(config.cronJob, origin, config, scope.problems),
    database: project.database,
    stateUri: project.stateUri,
    resources:
      asked === undefined
        ? project.resources
        : resolveResources(asked, {
            cpu: project.resources.requests.cpu ?? '500m',
            memory: project.resources.requests.memory ?? '1Gi',
            ephemeralStorage: project.resources.requests['ephemeral-storage'] ?? '2Gi',
          }),
    origin,
  };
}
