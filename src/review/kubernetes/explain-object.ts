import { code, sentences, shellWord } from '../explain/code';
import { adviceForKind } from '../explain/kubernetes';
import type { Action } from '../types';
import type { KubernetesObject } from './object';

/** What a person needs to know of a change of an object; null where the values say it all. */
export function explainObject(
  action: Action,
  { kind, namespace, name }: KubernetesObject,
  forcedBy: readonly string[],
): string | null {
  const object = shellWord(`${kind.toLowerCase()}/${name}`);
  const place = namespace === '' ? '' : ` -n ${shellWord(namespace)}`;
  const advice = adviceForKind(kind);
  if (action === 'replace') {
    return sentences(
      `${forcedBy.map(code).join(', ')} cannot change: the API server refuses it until the object is made anew.`,
      advice?.anew?.({ object, place }) ??
        sentences(
          advice?.lost === undefined ? '' : `Where it is deleted first: ${advice.lost}`,
          `Give the new one another name, or ${code(`kubectl delete ${object}${place}`)}, then apply.`,
        ),
    );
  }
  if (action !== 'delete') return null;
  return sentences(
    `${code('kubectl apply')} leaves it as it is; with ${code('--prune')}, Argo CD or Flux it is deleted.`,
    advice?.lost ?? '',
    `To keep it there, give it ${code('argocd.argoproj.io/sync-options: Prune=false')} or ${code('kustomize.toolkit.fluxcd.io/prune: disabled')} before.`,
  );
}
