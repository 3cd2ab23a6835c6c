import type { KubernetesObject } from './object';

/** What kustomize and cdk8s put at the end of a name to say what it holds. */
const suffix = /-(?:[bcdfghkmt2456789]{10}|c8[0-9a-f]{6})$/;

/** Pairs objects whose names differ only by the hash at their end: the new one by the old one. */
export function pairRenamed(
  gone: readonly KubernetesObject[],
  come: readonly KubernetesObject[],
): ReadonlyMap<KubernetesObject, KubernetesObject> {
  const byStem = new Map<string, KubernetesObject[]>();
  for (const object of gone) {
    const stem = stemOf(object);
    if (stem !== undefined) byStem.set(stem, [...(byStem.get(stem) ?? []), object]);
  }
  const pairs = new Map<KubernetesObject, KubernetesObject>();
  for (const object of come) {
    const stem = stemOf(object);
    const previous = stem === undefined ? undefined : byStem.get(stem)?.shift();
    if (previous !== undefined) pairs.set(object, previous);
  }
  return pairs;
}

function stemOf({ group, kind, namespace, name }: KubernetesObject): string | undefined {
  return suffix.test(name) ? `${group}/${kind}/${namespace}/${name.replace(suffix, '')}` : undefined;
}
