import { amountOf } from '../config/quantity';
import type { Context } from './context';
import { type Pod, podOf } from './pods';
import { textOf, treesOf, valueAt } from './tree';
import type { KubernetesObject } from './types';

/** What the pods of an object request together, by what a quota calls it: `pods`, `requests.cpu`, `limits.memory`. */
export function demandOf(object: KubernetesObject, context: Context): ReadonlyMap<string, number> {
  const pod = podOf(object);
  if (pod === undefined) return new Map();
  const count = podsAtOnce(object, context);
  const resources = (['requests', 'limits'] as const).flatMap((kind) =>
    ['cpu', 'memory', 'ephemeral-storage'].map(
      (name) => [`${kind}.${name}`, count * podAmount(pod, kind, name)] as const,
    ),
  );
  return new Map([['pods', count], ...resources]);
}

/** Those that run, and those that stand beside them while a new version comes. */
function podsAtOnce(object: KubernetesObject, context: Context): number {
  const { type, body } = object;
  if (type === 'Job') return Number(valueAt(body, 'spec.parallelism') ?? 1);
  if (type === 'CronJob') return Number(valueAt(body, 'spec.jobTemplate.spec.parallelism') ?? 1);
  if (type === 'Pod' || type === 'DaemonSet') return 1;
  const scaled = context
    .objects('HorizontalPodAutoscaler')
    .find(
      (one) =>
        one.unit === object.unit &&
        one.namespace === object.namespace &&
        valueAt(one.body, 'spec.scaleTargetRef.kind') === type &&
        valueAt(one.body, 'spec.scaleTargetRef.name') === object.name,
    );
  const replicas = Number(valueAt(scaled?.body, 'spec.maxReplicas') ?? valueAt(body, 'spec.replicas') ?? 1);
  const isRolling = type === 'Deployment' && valueAt(body, 'spec.strategy.type') !== 'Recreate';
  const surge = valueAt(body, 'spec.strategy.rollingUpdate.maxSurge') ?? '25%';
  const more =
    typeof surge === 'string' && surge.endsWith('%')
      ? Math.ceil((replicas * Number(surge.slice(0, -1))) / 100)
      : Number(surge);
  return replicas + (isRolling && replicas > 0 ? more : 0);
}

/**
 * What a pod counts for: its containers and sidecars together, or an init container with the sidecars that run by then,
 * whichever is more.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
function podAmount(pod: Pod, kind: 'requests' | 'limits', name: string): number {
  const amount = (container: unknown) => {
    const value = valueAt(container, `resources.${kind}.${name}`);
    return value === undefined ? 0 : amountOf(typeof value === 'number' ? String(value) : textOf(value));
  };
  let sidecars = 0;
  let most = 0;
  for (const container of treesOf(pod.spec.initContainers)) {
    if (container.restartPolicy === 'Always') sidecars += amount(container);
    else most = Math.max(most, sidecars + amount(container));
  }
  const running = treesOf(pod.spec.containers).reduce((sum, container) => sum + amount(container), sidecars);
  return Math.max(most, running);
}
