import { airflowFilesDags, airflowFilesFolder, type AirflowFiles } from './airflow-dags';
import { type RunAs, hardenedContainer } from './container';
import { factorySource } from './airflow-pipelines-source';
import type { PodTemplate } from './pod';
import { scratch } from './volumes';

/** Where a task leaves its result, and the pod operator looks for it. */
const xcomFolder = '/airflow/xcom';

/** Most DAGs of a shard: a fault costs no more of them, and each shard costs the processor some 90 ms. */
const shardDags = 100;

/** Most bytes of a shard: a ConfigMap holds 1 MiB with all that is around it. */
const shardBytes = 900_000;

/** A task of a DAG. */
export interface PipelineTask {
  /** Id of the task. */
  readonly id: string;
  /** Group that it is drawn in. @default - none */
  readonly group?: string;
  readonly namespace: string;
  /** Beginning of the name of its pods; each run adds a suffix. */
  readonly podName: string;
  readonly template: PodTemplate;
  /** Variables that Airflow renders as templates, by name; only here `{{` is one. */
  readonly env: Readonly<Record<string, string>>;
  /** Ids of tasks that stand before it in the list. */
  readonly dependsOn: readonly string[];
  /** When it runs, by what became of those before it. */
  readonly triggerRule: 'all_success' | 'none_failed_min_one_success';
  /** Days that it runs on. @default - all */
  readonly days?: {
    /** In words. */
    readonly text: string;
    /** 0 is Sunday. */
    readonly weekday: number;
    /** Within the month: 1 to 4, -1 for the last. @default - every week */
    readonly week?: number;
    /** Whether it runs on all other days instead. */
    readonly not: boolean;
  };
  /** Pool of Airflow. */
  readonly pool: string;
  readonly poolSlots: number;
  readonly retries: number;
  readonly retryDelaySeconds: number;
  /** After how many seconds a pod that has started is ended. */
  readonly timeoutSeconds: number;
  /** Whether what it leaves in /airflow/xcom/return.json becomes its XCom. */
  readonly xcom: boolean;
}

/** A pipeline as a DAG. */
export interface PipelineDag {
  readonly id: string;
  /** Key of the pipeline, for messages. */
  readonly pipeline: string;
  readonly description: string;
  readonly owner: string;
  readonly tags: readonly string[];
  /** Cron with five fields. @default - not by the clock */
  readonly schedule?: string;
  /** Assets that start it, all of them together. @default - none */
  readonly startsAfter?: readonly string[];
  /** Asset that tells others that it has succeeded. @default - nobody is told */
  readonly asset?: string;
  /** Name of the tz database. */
  readonly timeZone: string;
  /** `YYYY-MM-DD`. */
  readonly startDate: string;
  readonly catchup: boolean;
  readonly maxActiveRuns: number;
  /** @default - none */
  readonly deadlineSeconds?: number;
  readonly deferrable: boolean;
  readonly onFinishAction: 'delete_pod' | 'delete_succeeded_pod' | 'keep_pod';
  /** File with the address of Slack's incoming webhook. @default - nobody is told of failures */
  readonly slackWebhookFile?: string;
  /** Each after those that it depends on. */
  readonly tasks: readonly PipelineTask[];
}

export interface PipelineFilesProps {
  /** Beginning of the names of the ConfigMaps. */
  readonly name: string;
  /** Image of the sidecar that holds a task's result until Airflow reads it; the tasks with a result need it. */
  readonly xcomSidecarImage?: string;
  readonly dags: readonly PipelineDag[];
}

/** A ConfigMap, and where its entries are among the files of an Airflow. */
export interface PipelineFiles extends AirflowFiles {
  readonly data: Readonly<Record<string, string>>;
}

/**
 * The files that make DAGs of pipelines: one ConfigMap with the factory and a shard file for each document, and one for
 * each document, since all together may be larger than a ConfigMap. Their names stay when their content changes.
 */
export function renderPipelineFiles(props: PipelineFilesProps): PipelineFiles[] {
  const documents = shards(props.dags.map(renderDag)).map((lines, i) => ({
    number: String(i).padStart(2, '0'),
    text: renderDocument(props, lines),
  }));
  if (documents.length === 0) return [];
  const code = codeFiles(documents.map(({ number }) => number));
  return [
    {
      configMap: props.name,
      paths: Object.fromEntries(code.map(([entry, path]) => [entry, path])),
      data: Object.fromEntries(code.map(([entry, , text]) => [entry, text])),
    },
    ...documents.map(({ number, text }) => ({
      configMap: `${props.name}-${number}`,
      paths: { [documentName(number)]: documentName(number) },
      data: { [documentName(number)]: text },
    })),
  ];
}

function documentName(number: string): string {
  return `pipelines-${number}.json`;
}

/** The factory as a package among the DAG files, and a file for each shard. */
function codeFiles(numbers: readonly string[]): (readonly [string, string, string])[] {
  const folder = airflowFilesDags.slice(airflowFilesFolder.length + 1);
  return [
    ...Object.entries(factorySource()).map(
      ([file, text]) => [`tapline_dags.${file}`, `${folder}/tapline_dags/${file}`, text] as const,
    ),
    // The package makes DAGs for the shard files and is none itself.
    ['airflowignore', `${folder}/.airflowignore`, 'tapline_dags\n'],
    ...numbers.map((number) => {
      const file = `tapline_${number}.py`;
      return [file, `${folder}/${file}`, shardFile(number)] as const;
    }),
  ];
}

/** Airflow's processor imports once for all files what stands in the imports of a file and begins with airflow. */
function shardFile(number: string): string {
  return `"""The DAGs of the pipelines in ${documentName(number)}."""

import airflow.providers.cncf.kubernetes.operators.pod  # noqa: F401

from tapline_dags import load

globals().update(load(__file__, "${documentName(number)}"))
`;
}

/** DAGs in order, as many to a shard as there is room for. */
function shards(lines: readonly string[]): string[][] {
  const made: string[][] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line) + 2;
    const last = made.at(-1);
    if (last === undefined || last.length === shardDags || bytes + size > shardBytes) {
      made.push([line]);
      bytes = size;
    } else {
      last.push(line);
      bytes += size;
    }
  }
  return made;
}

/** JSON with a line for each DAG: a task that starts reads only its own. */
function renderDocument(props: PipelineFilesProps, lines: readonly string[]): string {
  const head = { version: 1, xcomSidecar: renderSidecar(props.xcomSidecarImage) };
  return `${JSON.stringify(head).slice(0, -1)},"dags":{\n${lines.join(',\n')}\n}}\n`;
}

/** A line: the id and what the DAG is. */
function renderDag(dag: PipelineDag): string {
  const tasks = dag.tasks.map(renderTask);
  const { asset } = dag;
  const ends = tasks.filter(({ id }) => !dag.tasks.some(({ dependsOn }) => dependsOn.includes(id)));
  const [end] = ends;
  // One task that always runs tells of the end itself; of several, another one waits for all of them.
  const tells = asset !== undefined && ends.length === 1 && end !== undefined && !('days' in end);
  const marker = {
    id: 'done',
    dependsOn: ends.map(({ id }) => id),
    triggerRule: 'none_failed_min_one_success',
    last: true,
  };
  const all = [
    ...tasks.map((task) => ({ ...task, last: tells && task.id === end.id })),
    ...(asset === undefined || tells ? [] : [marker]),
  ];
  return `${JSON.stringify(dag.id)}:${JSON.stringify({ ...dag, tasks: all })}`;
}

function renderTask({ namespace, podName, template, ...task }: PipelineTask) {
  return {
    ...task,
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, name: podName, namespace },
      // The pod ends in time also where Airflow is not there to end it.
      spec: { ...template.spec, activeDeadlineSeconds: task.timeoutSeconds },
    },
  };
}

/** Ids of the sidecar, which may read what the group of the volumes owns. */
const sidecarRunAs: RunAs = { user: 10001, group: 10001 };

/**
 * The sidecar that keeps a task's result until Airflow has read it. The pod operator adds one of its own without a
 * security context, which `restricted` refuses: this one takes its place.
 */
function renderSidecar(image: string | undefined) {
  if (image === undefined) return {};
  const { spec } = hardenedContainer({
    name: 'airflow-xcom-sidecar',
    image,
    command: ['sh', '-c', 'trap "exit 0" INT; while true; do sleep 1; done;'],
    secretDelivery: 'addon',
    resources: {
      requests: { cpu: '5m', memory: '16Mi', 'ephemeral-storage': '16Mi' },
      limits: { cpu: '100m', memory: '32Mi', 'ephemeral-storage': '16Mi' },
    },
    runAs: sidecarRunAs,
    mounts: [scratch('xcom', xcomFolder, '16Mi')],
  });
  return { container: spec, volume: { name: 'xcom', emptyDir: { sizeLimit: '16Mi' } } };
}
