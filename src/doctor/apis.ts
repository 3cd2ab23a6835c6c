import type { Operator } from '../model';
import type { OutputDocument } from '../output';
import type { Kubectl } from './cluster';
import { type Finding, parsed } from './finding';

/** The resources of an API version by kind, for example `Deployment` → `deployments`. */
export type Discovery = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** An object as manifests hold it. */
interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Whether the cluster knows every kind of the manifests, in the version that they name. */
export function checkApis(
  area: string,
  kubectl: Kubectl,
  documents: readonly OutputDocument[],
  operators: readonly Operator[],
): { readonly findings: Finding[]; readonly discovery: Discovery } {
  const wanted = new Map<string, Set<string>>();
  for (const { apiVersion, kind } of documents.map(({ value }) => value as Manifest)) {
    wanted.set(apiVersion, (wanted.get(apiVersion) ?? new Set()).add(kind));
  }
  const discovery = new Map<string, ReadonlyMap<string, string>>();
  for (const api of wanted.keys()) {
    const said = kubectl(['get', '--raw', api.includes('/') ? `/apis/${api}` : `/api/${api}`]);
    const { resources } = (parsed(said.stdout) ?? {}) as { resources?: { kind: string; name: string }[] };
    if (said.status !== 0 || resources === undefined) continue;
    // Parts such as pods/log are listed beside what they are parts of.
    const whole = resources.filter(({ name }) => !name.includes('/'));
    discovery.set(api, new Map(whole.map(({ kind, name }) => [kind, name])));
  }
  const findings = [...wanted]
    .filter(([api]) => isCustom(api))
    .map(([api, kinds]) => judge(area, api, [...kinds].sort(), discovery, operators));
  return { findings, discovery };
}

/** Groups without a dot, and most of those of Kubernetes itself, are built in. */
function isCustom(api: string): boolean {
  const group = api.includes('/') ? (api.split('/')[0] ?? '') : '';
  if (group === '' || !group.includes('.')) return false;
  return !group.endsWith('.k8s.io') || /^(gateway\.networking|secrets-store\.csi\.x-k8s)/.test(group);
}

function judge(
  area: string,
  api: string,
  kinds: readonly string[],
  discovery: Discovery,
  operators: readonly Operator[],
): Finding {
  const id = `api ${api}`;
  const known = discovery.get(api);
  const missing = kinds.filter((kind) => known?.has(kind) !== true);
  if (missing.length === 0)
    return { area, id, verdict: 'ok', text: `${api} is served, with ${kinds.join(', ')}` };
  const operator = operators.find((one) => one.api === api);
  return {
    area,
    id,
    verdict: 'failed',
    text: `${known === undefined ? `${api} is not served` : `${api} has no ${missing.join(', ')}`}, which the manifests hold`,
    fix:
      operator === undefined
        ? 'it is a part of GKE that Terraform switches on: apply the stack of the cluster, and wait for the upgrade that it starts'
        : `install ${operator.title}, since ${operator.why}: ${operator.install}`,
  };
}
