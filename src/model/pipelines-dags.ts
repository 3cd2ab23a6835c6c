import type { ConfigPath } from '../config/problem';
import { pipelineKinds, type PipelineConfig } from '../config/schema/pipelines';
import { publicImage, publicImages } from './images';
import { inOrder, orderTasks, tellCycle } from './pipelines-order';
import { resolveTaskHome, type TaskHome } from './pipelines-home';
import { resolveTasks } from './pipelines-tasks';
import { testedPipelines } from './pipelines-tests';
import type { Airflow, AirflowPipelines, Dag, Meltano } from './platform';
import { compare, type Scope, sortedEntries } from './scope';
import { resolveSecretKey } from './workloads';

type Entry = readonly [key: string, config: PipelineConfig];

/** What each Airflow runs, one for each that has pipelines or pools; sorted by key. */
export function resolveAirflowPipelines(
  scope: Scope,
  instances: readonly Airflow[],
  projects: ReadonlyMap<string, Meltano>,
): AirflowPipelines[] {
  const all = sortedEntries(scope.config.pipelines);
  const known = new Map(sortedEntries(scope.config.airflow));
  for (const [key, { airflow }] of all) {
    if (airflow === undefined) continue;
    scope.problems.reference(['pipelines', key, 'airflow'], airflow, 'Airflow', ['airflow'], known);
  }
  checkPipelineCycles(scope, all);
  checkStandIns(scope, projects);
  return instances.flatMap((airflow) => {
    const own = [
      ...all.filter(([, { airflow: name }]) => name === airflow.key),
      ...testedPipelines(scope, airflow, all),
    ].sort(([a], [b]) => compare(a, b));
    const pools = Object.keys(scope.config.airflow[airflow.key]?.pools ?? {});
    return own.length === 0 && pools.length === 0 ? [] : [resolveInstance(scope, airflow, own, projects)];
  });
}

function resolveInstance(
  scope: Scope,
  airflow: Airflow,
  own: readonly Entry[],
  projects: ReadonlyMap<string, Meltano>,
): AirflowPipelines {
  const config = scope.config.airflow[airflow.key];
  if (config === undefined) throw new Error(`Airflow '${airflow.key}': it is not in the configuration`);
  const pools = sortedEntries(config.pools).map(([name, slots]) => ({ name, slots }));
  let home: TaskHome | undefined;
  const awaited = new Set(own.flatMap(([, { dependsOn }]) => dependsOn ?? []));
  const dags = own.map(([key, pipeline]) =>
    resolveDag(scope, airflow, { key, pipeline, awaited: awaited.has(key), own }, () => {
      const made = resolveTasks({
        scope,
        pipeline: key,
        config: pipeline,
        projects,
        airflow: { key: airflow.key, cluster: airflow.cluster, pools: pools.map(({ name }) => name) },
        home: () => (home ??= resolveTaskHome(scope, airflow, config)),
      });
      return orderTasks(scope, made, key);
    }),
  );
  const tasks = dags.flatMap((dag) => dag.tasks);
  const alerts = new Set(dags.flatMap(({ slack }) => slack?.secret ?? []));
  return {
    airflow: airflow.key,
    cluster: airflow.cluster,
    pools,
    namespaces: [...new Set(tasks.map(({ namespace }) => namespace))].sort(compare),
    alertSecrets: [...alerts].sort(compare).flatMap((key) => scope.secrets.get(key) ?? []),
    tasks:
      home === undefined ? null : { namespace: home.namespace, identity: home.identity, egress: home.egress },
    xcomSidecarImage: tasks.some(({ xcom }) => xcom) ? publicImage(publicImages.xcomSidecar, scope) : null,
    dags,
    origin: airflow.origin,
  };
}

function resolveDag(
  scope: Scope,
  airflow: Airflow,
  {
    key,
    pipeline,
    awaited,
    own,
  }: { key: string; pipeline: PipelineConfig; awaited: boolean; own: readonly Entry[] },
  tasks: () => Dag['tasks'],
): Dag {
  const origin: ConfigPath = ['pipelines', key];
  checkTasks(scope, key, pipeline);
  if (pipeline.cronJob !== undefined) {
    scope.problems.add({
      path: [...origin, 'cronJob'],
      at: 'key',
      message: `cronJob is for pipelines that a CronJob runs, and the Airflow '${airflow.key}' runs this one`,
      found: 'cronJob',
      allowed: 'settings of a DAG',
      fix: 'remove it, or remove airflow',
    });
  }
  checkDependencies(scope, key, pipeline, own);
  const kinds = pipelineKinds.filter((kind) => pipeline.kind?.includes(kind));
  const prefix = kinds.map((kind) => kind.charAt(0)).join('');
  const name = key.replaceAll('-', '_');
  const slack = slackOf(scope, airflow, key, pipeline);
  return {
    key,
    airflow: airflow.key,
    id: pipeline.dagId ?? (prefix === '' ? name : `${prefix}_${name}`),
    description: pipeline.description ?? '',
    owner: pipeline.owner ?? scope.config.name,
    tags: [...new Set([...kinds, ...(pipeline.tags ?? [])])].sort(compare),
    schedule: pipeline.schedule === undefined || pipeline.suspended ? null : inFields(pipeline.schedule),
    timeZone: pipeline.timeZone,
    startDate: pipeline.startDate ?? '2026-01-01',
    catchup: pipeline.catchup ?? false,
    maxActiveRuns: pipeline.maxActiveRuns ?? 1,
    deadlineSeconds: pipeline.deadlineSeconds ?? null,
    dependsOn: pipeline.suspended ? [] : [...(pipeline.dependsOn ?? [])].sort(compare),
    awaited,
    deferrable: pipeline.deferrable ?? false,
    onFinishAction: pipeline.onFinishAction ?? 'delete_pod',
    slack,
    tasks: tasks(),
    origin,
  };
}

/** Whoever runs code of DAGs tells Slack: the components, and the workers of the KubernetesExecutor. */
function slackOf(scope: Scope, airflow: Airflow, key: string, { alerts }: PipelineConfig): Dag['slack'] {
  if (alerts === undefined) return null;
  const path = ['pipelines', key, 'alerts', 'slack'];
  const tellers = [airflow.identity, ...(airflow.worker === null ? [] : [airflow.worker.identity])];
  const [found] = tellers.map((identity) =>
    resolveSecretKey(scope, alerts.slack, path, airflow.namespace, identity),
  );
  return found ?? null;
}

/** Presets as cron with five fields: Airflow does not know all that Kubernetes knows. */
function inFields(schedule: string): string {
  const presets: Readonly<Record<string, string>> = {
    '@hourly': '0 * * * *',
    '@daily': '0 0 * * *',
    '@midnight': '0 0 * * *',
    '@weekly': '0 0 * * 0',
    '@monthly': '0 0 1 * *',
    '@yearly': '0 0 1 1 *',
    '@annually': '0 0 1 1 *',
  };
  return presets[schedule] ?? schedule;
}

/** A pipeline with tasks says what is run in them. */
function checkTasks(scope: Scope, key: string, pipeline: PipelineConfig): void {
  if (pipeline.tasks === undefined) return;
  for (const setting of ['run', 'command'] as const) {
    if (pipeline[setting] === undefined) continue;
    scope.problems.add({
      path: ['pipelines', key, setting],
      message: `with tasks, ${setting} belongs to one of them`,
      found: `tasks and ${setting}`,
      allowed: `tasks, or ${setting}`,
      fix: `move it into a task`,
    });
  }
  const groups = Object.values(pipeline.tasks).flatMap(({ group }) => group ?? []);
  for (const [name, task] of sortedEntries(pipeline.tasks)) {
    const path = ['pipelines', key, 'tasks', name];
    if (groups.includes(name) && task.manifest === undefined) {
      scope.problems.add({
        path: [...path],
        at: 'key',
        message: `the task and the group '${name}' would have one name`,
        found: name,
        allowed: 'names that differ',
        fix: 'rename the group',
      });
    }
    if (task.on !== undefined && task.notOn !== undefined) {
      scope.problems.add({
        path: [...path, 'notOn'],
        message: 'a task says on or notOn',
        found: `on ${task.on} and not on ${task.notOn}`,
        allowed: 'one of them',
        fix: 'remove one of the two',
      });
    }
  }
}

function checkDependencies(scope: Scope, key: string, pipeline: PipelineConfig, own: readonly Entry[]): void {
  const { dependsOn } = pipeline;
  if (dependsOn === undefined) return;
  const path = ['pipelines', key, 'dependsOn'];
  const all = new Map(sortedEntries(scope.config.pipelines));
  dependsOn.forEach((name, i) => {
    const found = scope.problems.reference([...path, i], name, 'pipeline', ['pipelines'], all);
    if (found === undefined || own.some(([other]) => other === name)) return;
    scope.problems.add({
      path: [...path, i],
      message: `the pipeline '${name}' is not run by the same Airflow`,
      found: found.airflow === undefined ? 'a CronJob runs it' : `airflow: ${found.airflow}`,
      allowed: `pipelines with airflow: ${pipeline.airflow ?? ''}`,
      fix: `add airflow: ${pipeline.airflow ?? ''} to pipelines.${name}`,
      dependsOn: [['pipelines', name, 'airflow']],
    });
  });
  if (pipeline.schedule === undefined) return;
  scope.problems.add({
    path: ['pipelines', key, 'schedule'],
    message: 'a pipeline that depends on others runs when they have succeeded, so it has no schedule',
    found: pipeline.schedule,
    allowed: 'schedule, or dependsOn',
    fix: 'remove schedule, or dependsOn',
  });
}

function checkStandIns(scope: Scope, projects: ReadonlyMap<string, Meltano>): void {
  for (const [key, { standsInFor }] of sortedEntries(scope.config.meltano)) {
    if (standsInFor === undefined) continue;
    const others = new Map([...projects].filter(([name]) => name !== key));
    const path = ['meltano', key, 'standsInFor'];
    scope.problems.reference(path, standsInFor, 'other Meltano project', ['meltano'], others);
    if (Object.values(scope.config.airflow).some(({ tests }) => tests !== undefined)) continue;
    scope.problems.add({
      path,
      message: 'no Airflow tests the pipelines of another, so nothing runs in this project instead',
      found: standsInFor,
      allowed: 'standsInFor where an Airflow has tests',
      fix: 'add tests to the Airflow that tries pipelines out, or remove it',
    });
  }
}

function checkPipelineCycles(scope: Scope, all: readonly Entry[]): void {
  const nodes = all.map(([key, { dependsOn }]) => ({ key, after: dependsOn ?? [] }));
  const { cycle } = inOrder(nodes);
  if (cycle !== undefined) tellCycle(scope, cycle, ['pipelines', cycle[0] ?? '', 'dependsOn'], 'pipelines');
}
