import type {
  Airflow,
  AirflowPipelines,
  Dag,
  DatabaseInstance,
  Meltano,
  Pipeline,
  Platform,
} from '../model/platform';
import { type GraphNode, groupIds } from './graph';
import { counted } from './text';

/** More pipelines than this of one project become one node: beyond it nobody reads them in a picture. */
export const foldBeyond = 12;

/** How many of the folded pipelines' schedules are told one by one. */
const schedulesTold = 4;

/** One or, folded, many pipelines of a project, drawn as one node. */
export interface PipelineNode {
  readonly id: string;
  readonly project: string;
  readonly pipelines: readonly Pipeline[];
}

export interface WorkloadNodes {
  readonly nodes: readonly GraphNode[];
  readonly pipelines: readonly PipelineNode[];
}

export const workloadIds = {
  airflow: (key: string) => `airflow:${key}`,
  meltano: (key: string) => `meltano:${key}`,
  pipeline: (key: string) => `pipeline:${key}`,
  folded: (project: string) => `pipelines:${project}`,
  dags: (airflow: string) => `dags:${airflow}`,
  bootstrap: (instance: string) => `bootstrap:${instance}`,
} as const;

/** Everything that runs in the namespaces; a namespace where nothing runs says so. */
export function workloadNodes(platform: Platform): WorkloadNodes {
  const pipelines = platform.meltano.flatMap((project) => pipelineNodes(platform, project));
  const nodes = [
    ...pipelines.map(drawPipelines),
    ...platform.meltano.map(meltanoNode),
    ...platform.airflowPipelines.flatMap((set) => dagsNode(platform, set)),
    ...platform.airflow.map(airflowNode),
    ...platform.databases.flatMap(bootstrapNode),
  ];
  const used = new Set(nodes.map((node) => node.group));
  const empty = platform.namespaces
    .map((namespace): GraphNode => {
      const group = groupIds.namespace(namespace.cluster, namespace.name);
      return {
        id: `empty:${group}`,
        kind: 'empty',
        group,
        caption: null,
        title: 'nothing runs here',
        lines: [],
        origin: namespace.origin,
      };
    })
    .filter((node) => !used.has(node.group));
  return { nodes: [...nodes, ...empty], pipelines };
}

/** `@daily`, `0 6 * * * Europe/Berlin`, or `by hand`. UTC is not said. */
export function scheduleOf(pipeline: Pick<Pipeline, 'schedule' | 'timeZone'>): string {
  if (pipeline.schedule === null) return 'by hand';
  return pipeline.timeZone === 'Etc/UTC' ? pipeline.schedule : `${pipeline.schedule} ${pipeline.timeZone}`;
}

/** Where the DAGs come from, without the scheme and without what might be credentials. */
export function dagsOf({ dags }: Airflow): string {
  switch (dags.kind) {
    case 'sample':
      return 'sample DAG';
    case 'image':
      return `DAGs in the image at ${dags.path}`;
    case 'git':
      return `DAGs from ${placeOf(dags.url)} at ${dags.ref}`;
    case 'bundles': {
      const [first] = dags.bundles;
      return dags.bundles.length === 1 && first !== undefined
        ? `DAGs from ${placeOf(first.url)} at ${first.ref}`
        : `DAGs from ${String(dags.bundles.length)} repositories`;
    }
  }
}

function placeOf(url: string): string {
  return url.replace(/^[a-z]+:\/\//i, '').replace(/^[^/]*@/, '');
}

function pipelineNodes(platform: Platform, project: Meltano): PipelineNode[] {
  const own = platform.pipelines.filter((pipeline) => pipeline.meltano === project.key);
  if (own.length > foldBeyond) {
    return [{ id: workloadIds.folded(project.key), project: project.key, pipelines: own }];
  }
  return own.map((pipeline) => ({
    id: workloadIds.pipeline(pipeline.key),
    project: project.key,
    pipelines: [pipeline],
  }));
}

function drawPipelines({ id, project, pipelines }: PipelineNode): GraphNode {
  const [first] = pipelines;
  const group = groupIds.namespace(first?.cluster ?? '', first?.namespace ?? '');
  if (first !== undefined && pipelines.length === 1) {
    return {
      id,
      kind: 'pipeline',
      group,
      caption: 'Pipeline',
      title: first.key,
      lines: [first.run.join(' '), `${scheduleOf(first)}${first.suspended ? ', suspended' : ''}`],
      origin: first.origin,
    };
  }
  return {
    id,
    kind: 'pipeline',
    group,
    caption: `Pipelines of ${project}, folded`,
    title: `${String(pipelines.length)} pipelines`,
    lines: scheduleCounts(pipelines),
    origin: ['pipelines'],
  };
}

/** The pipelines that an Airflow runs, as one node: in its pages one sees each of them. */
function dagsNode(platform: Platform, { airflow, dags }: AirflowPipelines): GraphNode[] {
  const instance = platform.airflow.find(({ key }) => key === airflow);
  const [first] = dags;
  if (instance === undefined || first === undefined) return [];
  return [
    {
      id: workloadIds.dags(airflow),
      kind: 'pipeline',
      group: groupIds.namespace(instance.cluster, instance.namespace),
      caption: `Pipelines of the Airflow ${airflow}`,
      title: dags.length === 1 ? first.id : `${String(dags.length)} DAGs`,
      lines: countsOf(dags.map(startOf)),
      origin: dags.length === 1 ? first.origin : ['pipelines'],
    },
  ];
}

/** What starts a DAG. */
export function startOf(dag: Dag): string {
  return dag.dependsOn.length > 0 ? `after ${dag.dependsOn.join(', ')}` : scheduleOf(dag);
}

/** The commonest schedules first; equal counts by text, so that the order is stable. */
function scheduleCounts(pipelines: readonly Pipeline[]): string[] {
  const suspended = pipelines.filter((pipeline) => pipeline.suspended).length;
  return [
    ...countsOf(pipelines.map(scheduleOf)),
    ...(suspended === 0 ? [] : [`${String(suspended)} suspended`]),
  ];
}

function countsOf(schedules: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const schedule of schedules) counts.set(schedule, (counts.get(schedule) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  // One rest that is as long as the line that tells of it is told instead.
  const told = sorted.length === schedulesTold + 1 ? sorted : sorted.slice(0, schedulesTold);
  const rest = sorted.slice(told.length);
  return [
    ...told.map(([schedule, count]) => `${String(count)} × ${schedule}`),
    ...(rest.length === 0
      ? []
      : [
          `${String(rest.reduce((sum, [, count]) => sum + count, 0))} at ${String(rest.length)} other schedules`,
        ]),
  ];
}

function meltanoNode(project: Meltano): GraphNode {
  return {
    id: workloadIds.meltano(project.key),
    kind: 'meltano',
    group: groupIds.namespace(project.cluster, project.namespace),
    caption: 'Meltano project',
    title: project.key,
    lines: [
      ...(project.scheduler === null ? [] : [`scheduler ${project.scheduler.name}`]),
      `as ${project.identity.accountId}`,
    ],
    origin: project.origin,
  };
}

function airflowNode(airflow: Airflow): GraphNode {
  return {
    id: workloadIds.airflow(airflow.key),
    kind: 'airflow',
    group: groupIds.namespace(airflow.cluster, airflow.namespace),
    caption: `Airflow ${airflow.version}`,
    title: airflow.key,
    lines: [dagsOf(airflow), `as ${airflow.identity.accountId}`],
    origin: airflow.origin,
  };
}

function bootstrapNode(instance: DatabaseInstance): GraphNode[] {
  const { bootstrap } = instance;
  if (bootstrap === null) return [];
  return [
    {
      id: workloadIds.bootstrap(instance.key),
      kind: 'job',
      group: groupIds.namespace(bootstrap.identity.kubernetes?.cluster ?? '', bootstrap.namespace),
      caption: 'Job',
      title: bootstrap.identity.key,
      lines: [
        `grants ${counted(instance.users.length + instance.logins.length, 'user')} their rights`,
        `as ${bootstrap.identity.accountId}`,
      ],
      origin: bootstrap.origin,
    },
  ];
}
