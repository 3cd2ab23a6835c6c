import { type CloudSqlProxyProps, cloudSqlProxy } from './cloud-sql-proxy';
import { hardenedContainer, type ResourceRequirements, type RunAs } from './container';
import { type AppLabels, renderLabels } from './labels';
import { type PodPlacement, type PodTemplate, renderPodTemplate } from './pod';
import type { EnvVariable, SecretDelivery } from './secret-delivery';
import { scratch } from './volumes';

export interface TaskPodProps {
  readonly labels: AppLabels;
  readonly image: string;
  readonly command: readonly string[];
  readonly runAs: RunAs;
  readonly serviceAccount: string;
  readonly placement: PodPlacement;
  /** Variables, sorted by name. */
  readonly env: readonly EnvVariable[];
  readonly secretDelivery: SecretDelivery;
  readonly resources: ResourceRequirements;
  /** The database at 127.0.0.1:5432. @default - no proxy */
  readonly proxy?: CloudSqlProxyProps;
}

/** What the pods of tasks are told in every run: nobody moves them to save a node, since they would begin again. */
export const taskAnnotations = { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' };

/** How long a task's processes have to end when it is cancelled, in seconds. */
export const taskGraceSeconds = 60;

/** The pod of a task that runs a command in an image of its own. Only /tmp can be written; it is the home as well. */
export function renderTaskPod(props: TaskPodProps): PodTemplate {
  const named = new Set(props.env.map(({ name }) => name));
  const defaults = [{ name: 'HOME', value: '/tmp' }].filter(({ name }) => !named.has(name));
  return renderPodTemplate({
    labels: renderLabels(props.labels),
    annotations: taskAnnotations,
    serviceAccount: props.serviceAccount,
    volumeGroup: props.runAs.group,
    placement: props.placement,
    // The first process of a container would ignore SIGTERM, and what it leaves behind would stay.
    shareProcessNamespace: true,
    sidecars: props.proxy === undefined ? [] : [cloudSqlProxy(props.proxy)],
    containers: [
      hardenedContainer({
        // By this name people find the logs of tasks.
        name: 'base',
        image: props.image,
        command: props.command,
        env: [...defaults, ...props.env].sort((a, b) => (a.name < b.name ? -1 : 1)),
        secretDelivery: props.secretDelivery,
        resources: props.resources,
        runAs: props.runAs,
        mounts: [scratch('tmp', '/tmp', props.resources.limits['ephemeral-storage'] ?? '2Gi')],
      }),
    ],
    terminationGracePeriodSeconds: taskGraceSeconds,
    restartPolicy: 'Never',
  });
}
