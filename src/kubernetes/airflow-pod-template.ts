import { Construct } from 'constructs';
import { renderAirflowPod } from './airflow-pod';
import type { AirflowProps } from './airflow-props';
import { type ObjectProps, renderMetadata } from './labels';
import { hashed } from './names';
import { ConfigMap } from './plus';
import type { PodTemplate } from './pod';

/**
 * The pod that the KubernetesExecutor makes for a task, before it adds the name, its labels and the arguments.
 *
 * Code of DAGs runs here and nowhere else, with rights of its own: a task of Airflow 3 has neither the database nor the
 * keys, and asks the api-server for what it needs.
 * @see https://airflow.apache.org/docs/apache-airflow-providers-cncf-kubernetes/stable/kubernetes_executor.html#pod-template-file
 */
export function renderWorkerPod(props: AirflowProps): PodTemplate {
  const pod = renderAirflowPod(props, {
    part: 'worker',
    // The executor sets the arguments alone: with no command, they would go to the image's entry point.
    command: ['env'],
    containerName: 'base',
    readsDags: true,
    waitsForMigrations: false,
    // A task that is cleared or fails its deadline is ended by SIGTERM and cleans up.
    terminationGracePeriodSeconds: 120,
    restartPolicy: 'Never',
    // Moving the pod to save a node would end the task.
    keepsNode: true,
  });
  return { metadata: pod.metadata, spec: { ...pod.spec, containers: containersOf(pod).map(joinCommand) } };
}

function containersOf({ spec }: PodTemplate): readonly Readonly<Record<string, unknown>>[] {
  return spec.containers as readonly Readonly<Record<string, unknown>>[];
}

/** Arguments of the container are replaced by those of the task, so what is ours among them belongs to the command. */
function joinCommand(container: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const command = container.command as readonly string[];
  const args = (container.args ?? []) as readonly string[];
  return { ...container, command: [...command, ...args], args: undefined };
}

/** The template as a file for the scheduler. */
export class AirflowPodTemplate extends Construct {
  /** Name of the ConfigMap; a hash of its content is in it. */
  readonly configMap: string;

  constructor(scope: Construct, id: string, props: ObjectProps & { readonly worker: AirflowProps }) {
    super(scope, id);
    const { metadata, spec } = renderWorkerPod(props.worker);
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: props.worker.name }, spec };
    // JSON is YAML as well.
    const text = `${JSON.stringify(pod, null, 2)}\n`;
    this.configMap = hashed(props.name, text);
    new ConfigMap(this, 'Resource', {
      metadata: renderMetadata({ ...props, name: this.configMap }),
      data: { 'pod-template.yaml': text },
      immutable: true,
    });
  }
}
