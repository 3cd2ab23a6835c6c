import type { OutputDocument } from '../output';
import type { Discovery } from './apis';
import type { Kubectl } from './cluster';
import { complaint, type Finding } from './finding';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly namespace?: string };
}

/** One question to the cluster. */
interface Question {
  readonly group: string;
  readonly resource: string;
  readonly namespace: string;
  readonly verb: string;
}

/** What `kubectl apply --server-side` does with each object. */
const verbs = ['create', 'get', 'patch'];

/** Whether whoever asks may apply the manifests: what `kubectl auth can-i` tells, in one call for all of it. */
export function checkPermissions(
  area: string,
  kubectl: Kubectl,
  documents: readonly OutputDocument[],
  discovery: Discovery,
): Finding[] {
  const id = 'permissions';
  const questions = questionsOf(documents, discovery);
  if (questions.length === 0) return [];
  const reviews = questions.map(({ group, resource, namespace, verb }) => ({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { group, resource, namespace, verb } },
  }));
  const said = kubectl(
    ['create', '--filename=-', '--output=jsonpath={.status.allowed}{"\\n"}'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: reviews }),
  );
  const answers = said.stdout.trim().split('\n');
  if (said.status !== 0 || answers.length !== questions.length) {
    return [{ area, id, verdict: 'skipped', text: `it does not tell what you may do: ${complaint(said)}` }];
  }
  const refused = questions.filter((_, i) => answers[i] !== 'true');
  if (refused.length === 0) {
    return [{ area, id, verdict: 'ok', text: `you may apply all ${documents.length} objects` }];
  }
  const byKind = new Map<string, Set<string>>();
  for (const { resource, group, verb, namespace } of refused) {
    const what = `${group === '' ? resource : `${resource}.${group}`}${namespace === '' ? '' : ` in ${namespace}`}`;
    byKind.set(what, (byKind.get(what) ?? new Set()).add(verb));
  }
  const list = [...byKind].map(([what, missing]) => `${[...missing].join('/')} ${what}`);
  const more = list.length > 5 ? `, and ${list.length - 5} more` : '';
  return [
    {
      area,
      id,
      verdict: 'failed',
      text: `you may not ${list.slice(0, 5).join(', ')}${more}`,
      fix: 'sign in as somebody of the preset engineer, or ask for roles/container.admin',
    },
  ];
}

function questionsOf(documents: readonly OutputDocument[], discovery: Discovery): Question[] {
  const found = new Map<string, Question>();
  for (const { value } of documents) {
    const { apiVersion, kind, metadata } = value as Manifest;
    const resource = discovery.get(apiVersion)?.get(kind);
    if (resource === undefined) continue;
    const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
    const namespace = metadata.namespace ?? '';
    for (const verb of verbs) {
      found.set([group, resource, namespace, verb].join(' '), { group, resource, namespace, verb });
    }
  }
  return [...found.values()];
}
