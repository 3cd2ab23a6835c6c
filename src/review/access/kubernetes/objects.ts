import type { KubernetesObject } from '../../kubernetes/object';
import { isTree, type Tree } from '../../types';

/** One state of the objects of a cluster. */
export class Objects {
  private readonly byKind = new Map<string, KubernetesObject[]>();

  constructor(readonly all: readonly KubernetesObject[]) {
    for (const object of all) {
      const list = this.byKind.get(object.kind);
      if (list === undefined) this.byKind.set(object.kind, [object]);
      else list.push(object);
    }
  }

  of(...kinds: readonly string[]): readonly KubernetesObject[] {
    return kinds.flatMap((kind) => this.byKind.get(kind) ?? []);
  }
}

/** The maps of a list. */
export function treesIn(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value.filter(isTree) : [];
}

/** The texts of a list; numbers count as texts. */
export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.flatMap((item) => (typeof item === 'string' || typeof item === 'number' ? [String(item)] : []))
    : [];
}

/** What stands at a path of keys. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) current = isTree(current) ? (current[key] ?? undefined) : undefined;
  return current;
}

export function treeAt(value: unknown, ...keys: readonly string[]): Tree {
  const found = at(value, ...keys);
  return isTree(found) ? found : {};
}

/** A value as a text; empty where there is none. */
export function textAt(value: unknown, ...keys: readonly string[]): string {
  const found = at(value, ...keys);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean'
    ? String(found)
    : '';
}

/** A namespace that an object does not say is the default one. */
export function namespaceOf({ namespace }: KubernetesObject): string {
  return namespace === '' ? 'default' : namespace;
}

const templates: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  PodTemplate: ['template'],
};

export const workloadKinds = Object.keys(templates);

/** The pod that a workload makes; undefined for anything else. */
export function podOf(object: KubernetesObject): { readonly labels: Tree; readonly spec: Tree } | undefined {
  const path = templates[object.kind];
  if (path === undefined) return undefined;
  return {
    labels: treeAt(object.body, ...path, 'metadata', 'labels'),
    spec: treeAt(object.body, ...path, 'spec'),
  };
}
