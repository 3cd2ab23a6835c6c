import { isTree, type Tree } from '../types';

/** Lists whose members have a name of their own, by the field that holds them. */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  ports: ['name', 'containerPort', 'port'],
  secrets: ['name'],
  conditions: ['type'],
  listeners: ['name'],
  groups: ['name'],
  versions: ['name'],
  webhooks: ['name'],
};

/** Lists of plain values that are sets, whoever reads them. */
const sets =
  /(^|\.)(verbs|resources|apiGroups|resourceNames|nonResourceURLs|finalizers|accessModes|policyTypes|add|drop|hosts|namespaces|sourceRanges|loadBalancerSourceRanges|except|topologyKeys|scopes|hostnames|shortNames|categories|ipFamilies|operations|apiVersions|supplementalGroups)$/;

/** Lists of the API server's own kinds of which the order says nothing. */
const bags =
  /(^|\.)(subjects|rules|ingress|egress|from|to|tolerations|matchExpressions|values|topologySpreadConstraints|clusterRoleSelectors|nodeSelectorTerms|sysctls|ownerReferences)$/;

/** Where the order of `rules` counts: the first match wins. */
const orderedRules = new Set(['Ingress', 'ValidatingAdmissionPolicy']);

/** The fields by which the members of a list are told apart; undefined where nothing does. */
export function keysOf(
  name: string,
  custom: readonly string[] | undefined,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly string[] | undefined {
  if (custom !== undefined && custom.length > 0) return custom;
  const key = (Object.hasOwn(mergeKeys, name) ? (mergeKeys[name] ?? []) : []).find(
    (one) => hasKey(before, one) && hasKey(after, one),
  );
  return key === undefined ? undefined : [key];
}

/** Whether the order of a list says nothing; `own` for a kind that the API server brings. */
export function isUnordered(
  kind: string,
  field: string,
  own: boolean,
  custom: readonly string[] | undefined,
): boolean {
  const name = field.slice(field.lastIndexOf('.') + 1);
  if (custom !== undefined || sets.test(field) || Object.hasOwn(mergeKeys, name)) return true;
  return own && bags.test(field) && !(name === 'rules' && orderedRules.has(kind));
}

/** Whether the order of members with names counts all the same. */
export function isSequence(field: string, members: readonly Tree[]): boolean {
  if (field.endsWith('initContainers')) return true;
  if (!field.endsWith('.env')) return false;
  // `$(HOST)` is only known below the variable HOST.
  const names = new Set(members.map(({ name }) => name));
  return members.some(
    ({ value }) =>
      typeof value === 'string' && [...value.matchAll(/\$\(([^)]+)\)/g)].some(([, name]) => names.has(name)),
  );
}

function hasKey(list: readonly unknown[], key: string): boolean {
  const values = list.map((item) => (isTree(item) ? item[key] : undefined));
  return values.every((value) => value !== undefined) && new Set(values).size === values.length;
}
