import { canonical, sameScalar } from '../equal';
import { isTree, type Tree } from '../types';
import { isQuantity, quantityOf } from './quantity';

/** A field that differs. */
export interface FieldDifference {
  /** `spec.template.spec.containers[name=web].image`. */
  readonly path: string;
  /** Dotted, without indexes. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Lists whose members have a name of their own, by the field that holds them; their order is nobody's business. */
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
};

/** Lists of plain values that are sets to the API server. */
const sets =
  /(^|\.)(verbs|resources|apiGroups|resourceNames|nonResourceURLs|finalizers|accessModes|policyTypes|add|drop|hosts|namespaces|sourceRanges|loadBalancerSourceRanges|except|topologyKeys|scopes|hostnames|shortNames|categories)$/;

/** Lists of objects without a name, of which the order says nothing. */
const bags = /(^|\.)(subjects|rules|ingress|egress|from|to|tolerations|matchExpressions|envFrom|ipBlock)$/;

/** Where the order of `rules` counts: the first match wins. */
const orderedRules = new Set([
  'HTTPRoute',
  'GRPCRoute',
  'PrometheusRule',
  'Rules',
  'ClusterRules',
  'Ingress',
]);

/** What the API server, a controller or a tool writes, and nobody asks for. */
const noise = new Set([
  'status',
  'metadata.creationTimestamp',
  'metadata.generation',
  'metadata.managedFields',
  'metadata.resourceVersion',
  'metadata.selfLink',
  'metadata.uid',
  'metadata.annotations.kubectl.kubernetes.io/last-applied-configuration',
]);

/** What differs between two states of an object, as the API server would see it. */
export function compareObjects(before: Tree, after: Tree): readonly FieldDifference[] {
  return new Comparison(String(after.kind ?? before.kind)).trees(before, after, '', '');
}

class Comparison {
  constructor(private readonly kind: string) {}

  trees(before: Tree, after: Tree, path: string, field: string): FieldDifference[] {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => {
      const at = field === '' ? key : `${field}.${key}`;
      if (noise.has(at)) return [];
      return this.values(before[key] ?? undefined, after[key] ?? undefined, joined(path, key), at);
    });
  }

  private values(before: unknown, after: unknown, path: string, field: string): FieldDifference[] {
    if (before === after || this.isEmpty(before, after, field)) return [];
    if (isTree(before) && isTree(after)) return this.trees(before, after, path, field);
    if (Array.isArray(before) && Array.isArray(after)) return this.lists(before, after, path, field);
    if (sameScalar(before, after)) return [];
    if (isQuantity(field)) {
      const quantity = quantityOf(before);
      if (quantity !== undefined && quantity === quantityOf(after)) return [];
    }
    return [{ path, field, before, after }];
  }

  /** A list or a map of nothing is the same as none; an empty selector or volume is not. */
  private isEmpty(before: unknown, after: unknown, field: string): boolean {
    const one = before ?? after;
    if (before !== undefined && after !== undefined) return false;
    if (Array.isArray(one)) return one.length === 0;
    if (!isTree(one) || Object.keys(one).length > 0) return false;
    return /(^|\.)(labels|annotations|data|binaryData|stringData|resources|nodeSelector|securityContext|matchLabels|affinity)$/.test(
      field,
    );
  }

  private lists(
    before: readonly unknown[],
    after: readonly unknown[],
    path: string,
    field: string,
  ): FieldDifference[] {
    const name = field.slice(field.lastIndexOf('.') + 1);
    const key = (mergeKeys[name] ?? []).find((one) => hasKeys(before, one) && hasKeys(after, one));
    if (key !== undefined)
      return this.named(before as readonly Tree[], after as readonly Tree[], path, field, key);
    const unordered =
      sets.test(field) ||
      (bags.test(field) && !(name === 'rules' && orderedRules.has(this.kind))) ||
      mergeKeys[name] !== undefined;
    if (unordered && sameBag(before, after)) return [];
    if (!unordered && before.length === after.length && before.every(isTree) && after.every(isTree)) {
      return before.flatMap((item, index) =>
        this.values(item, after[index], `${path}[${String(index)}]`, field),
      );
    }
    if (
      before.length === after.length &&
      before.every((item, index) => canonical(item) === canonical(after[index]))
    ) {
      return [];
    }
    return [{ path, field, before, after }];
  }

  private named(
    before: readonly Tree[],
    after: readonly Tree[],
    path: string,
    field: string,
    key: string,
  ): FieldDifference[] {
    const of = (list: readonly Tree[]) => new Map(list.map((item) => [String(item[key]), item]));
    const [old, now] = [of(before), of(after)];
    const found = [...new Set([...old.keys(), ...now.keys()])].flatMap((name) =>
      this.values(old.get(name), now.get(name), `${path}[${key}=${name}]`, field),
    );
    // Init containers run in their order.
    const order = (list: readonly Tree[]) => list.map((item) => String(item[key])).join('\n');
    return found.length === 0 && field.endsWith('initContainers') && order(before) !== order(after)
      ? [{ path, field, before, after }]
      : found;
  }
}

function hasKeys(list: readonly unknown[], key: string): boolean {
  const values = list.map((item) => (isTree(item) ? item[key] : undefined));
  return values.every((value) => value !== undefined) && new Set(values).size === values.length;
}

function sameBag(before: readonly unknown[], after: readonly unknown[]): boolean {
  const sorted = (list: readonly unknown[]) => list.map(canonical).sort().join('\n');
  return sorted(before) === sorted(after);
}

function joined(path: string, key: string): string {
  const safe = /^[\w-]+$/.test(key) ? key : `["${key.replace(/["\\]/g, '\\$&')}"]`;
  return path === '' ? safe : safe.startsWith('[') ? path + safe : `${path}.${safe}`;
}
