import {
  type PipelineDag,
  type PipelineFiles,
  type PipelineTask,
  renderPipelineFiles,
} from '../src/kubernetes/airflow-pipelines-document';
import { renderTaskPod, taskAnnotations, taskGraceSeconds } from '../src/kubernetes/airflow-pipelines-pod';
import type { AirflowFiles } from '../src/kubernetes/airflow-dags';
import { type AppLabels, renderLabels } from '../src/kubernetes/labels';
import { renderMeltanoPod } from '../src/kubernetes/meltano-pod';
import type { PodTemplate } from '../src/kubernetes/pod';
import { secretPath } from '../src/kubernetes/secret-delivery';
import type { Airflow, AirflowPipelines, Dag, DagTask, Platform } from '../src/model/platform';
import { serviceAccountOf, toPodPlacement, toProxy } from './translate';

/** The ConfigMaps whose files an Airflow reads: its pipelines and the code that makes DAGs of them. */
export function airflowFilesOf(platform: Platform, airflow: Airflow): readonly AirflowFiles[] {
  return platform.airflowPipelines
    .filter((pipelines) => pipelines.airflow === airflow.key)
    .flatMap((pipelines) =>
      pipelineFilesOf(platform, pipelines).map(({ configMap, paths }) => ({
        configMap,
        ...(paths === undefined ? {} : { paths }),
      })),
    );
}

/** Label `app.kubernetes.io/name` of the pods of tasks that are of no Meltano project. */
export const taskApp = 'airflow-task';

/** Both the chart of the pipelines and that of the Airflow ask; a platform never changes. */
const rendered = new WeakMap<AirflowPipelines, PipelineFiles[]>();

/** The same with their content. */
export function pipelineFilesOf(platform: Platform, pipelines: AirflowPipelines): PipelineFiles[] {
  const known = rendered.get(pipelines);
  if (known !== undefined) return known;
  const { xcomSidecarImage } = pipelines;
  const files = renderPipelineFiles({
    name: `airflow-${pipelines.airflow}-pipelines`,
    ...(xcomSidecarImage === null ? {} : { xcomSidecarImage: xcomSidecarImage.reference }),
    dags: pipelines.dags.map((dag) => toDag(platform, dag)),
  });
  rendered.set(pipelines, files);
  return files;
}

/** The asset of a pipeline: it has succeeded. */
function assetOf(platform: Platform, airflow: string, pipeline: string): string {
  return `tapline://${platform.prefix}/${airflow}/${pipeline}`;
}

function toDag(platform: Platform, dag: Dag): PipelineDag {
  const { schedule, deadlineSeconds, slack, dependsOn } = dag;
  return {
    id: dag.id,
    pipeline: dag.key,
    description: dag.description,
    owner: dag.owner,
    tags: dag.tags,
    ...(schedule === null ? {} : { schedule }),
    ...(dependsOn.length === 0
      ? {}
      : { startsAfter: dependsOn.map((key) => assetOf(platform, dag.airflow, key)) }),
    ...(dag.awaited ? { asset: assetOf(platform, dag.airflow, dag.key) } : {}),
    timeZone: dag.timeZone,
    startDate: dag.startDate,
    catchup: dag.catchup,
    maxActiveRuns: dag.maxActiveRuns,
    ...(deadlineSeconds === null ? {} : { deadlineSeconds }),
    deferrable: dag.deferrable,
    onFinishAction: dag.onFinishAction,
    ...(slack === null ? {} : { slackWebhookFile: secretPath(slack.secret, slack.key) }),
    tasks: dag.tasks.map((task) => toTask(platform, dag, task)),
  };
}

function toTask(platform: Platform, dag: Dag, task: DagTask): PipelineTask {
  const { days, group } = task;
  return {
    id: task.key,
    ...(group === null ? {} : { group }),
    namespace: task.namespace,
    podName: task.podName,
    template: podOf(platform, dag, task),
    env: Object.fromEntries(task.templates.map(({ name, template }) => [name, template])),
    dependsOn: task.after,
    triggerRule: task.followsSkipped ? 'none_failed_min_one_success' : 'all_success',
    ...(days === null
      ? {}
      : {
          days: {
            text: days.text,
            weekday: days.weekday,
            not: days.not,
            ...(days.week === null ? {} : { week: days.week }),
          },
        }),
    pool: task.airflowPool,
    poolSlots: task.poolSlots,
    retries: task.retries,
    retryDelaySeconds: task.retryDelaySeconds,
    timeoutSeconds: task.timeoutSeconds,
    xcom: task.xcom,
  };
}

/** A pod like that of a CronJob where it is of a Meltano project, by its labels under the same network policy. */
function podOf(platform: Platform, dag: Dag, task: DagTask): PodTemplate {
  const labels: AppLabels = {
    app: task.meltano === null ? taskApp : 'meltano',
    instance: task.meltano ?? dag.airflow,
    component: dag.key,
    partOf: platform.prefix,
  };
  const shared = {
    labels,
    image: task.image.reference,
    runAs: task.runAs,
    serviceAccount: serviceAccountOf(task.identity),
    placement: toPodPlacement(task.placement),
    env: task.env,
    secretDelivery: platform.secretDelivery,
    resources: task.resources,
  };
  if (task.directory === null) {
    return renderTaskPod({
      ...shared,
      command: task.command,
      ...(task.database === null ? {} : { proxy: toProxy(task.database) }),
    });
  }
  return renderMeltanoPod(
    {
      ...shared,
      name: task.podName,
      namespace: task.namespace,
      directory: task.directory,
      ...(task.database === null ? {} : { proxy: toProxy(task.database) }),
    },
    { command: task.command },
    {
      labels: renderLabels(labels),
      annotations: taskAnnotations,
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: taskGraceSeconds,
    },
  );
}
