import type { Action } from '../types';
import type { KubernetesObject } from './object';

/** What a person needs to know of a change of an object; null where the values say it all. */
export function explainObject(
  action: Action,
  { kind, namespace, name }: KubernetesObject,
  forcedBy: readonly string[],
): string | null {
  const object = `${kind.toLowerCase()}/${name}`;
  const place = namespace === '' ? '' : ` -n ${namespace}`;
  if (action === 'replace')
    return `${forcedBy.join(', ')} cannot change: the API server refuses it until the object is made anew. ${anew(kind, object, place)}`;
  if (action !== 'delete') return null;
  const lost = {
    Namespace: 'Everything in it goes with it.',
    PersistentVolumeClaim: 'Its volume goes with it where the storage class says Delete.',
    PersistentVolume: 'The disk goes with it where its reclaim policy says Delete.',
    StatefulSet: 'Its volumes stay, its pods go.',
    CustomResourceDefinition: 'Every object of this kind goes with it.',
    Secret: 'Pods that need it do not start again.',
  }[kind];
  return `kubectl apply leaves it as it is; with --prune, Argo CD or Flux it is deleted.${lost === undefined ? '' : ` ${lost}`}`;
}

function anew(kind: string, object: string, place: string): string {
  switch (kind) {
    case 'Job':
      return `Give the Job a new name, or kubectl delete ${object}${place} first.`;
    case 'StatefulSet':
      return `To keep its pods and volumes: kubectl delete ${object}${place} --cascade=orphan, then apply.`;
    case 'Deployment':
    case 'DaemonSet':
    case 'ReplicaSet':
      return `To keep its pods until the new ones run: kubectl delete ${object}${place} --cascade=orphan, then apply, then delete the old pods.`;
    case 'PersistentVolumeClaim':
      return 'Copy its data to a claim with a new name; a claim never shrinks and never changes its class.';
    case 'ConfigMap':
    case 'Secret':
      return 'Give it a new name, and let the pods use that.';
    default:
      return `kubectl delete ${object}${place}, then apply.`;
  }
}
