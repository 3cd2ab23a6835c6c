import { isTree, type Tree } from '../types';
import { requestsOfLimits } from './defaults/pods';
import type { KubernetesObject } from './object';

/** An object in the form in which the API server keeps it, where that is more than a missing value put in. */
export function prepared({ group, kind, body }: KubernetesObject): Tree {
  switch (`${group}/${kind}`) {
    case '/Secret':
      return withoutText(body);
    case '/Namespace':
      return withoutOwnName(body);
    case '/LimitRange':
      return withSpec(body, (spec) => ({ ...spec, limits: listOf(spec.limits).map(withLimits) }));
    case '/Pod':
      return withSpec(body, (spec) => ({ ...spec, ...requested(spec, ['containers', 'initContainers']) }));
    case 'autoscaling/HorizontalPodAutoscaler':
      return body.apiVersion === 'autoscaling/v1' ? withSpec(body, asVersion2) : body;
    default:
      return body;
  }
}

/** Plain texts are stored as data, and win over it. */
function withoutText(body: Tree): Tree {
  const { stringData, ...rest } = body;
  if (!isTree(stringData)) return body;
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    typeof value === 'string' ? Buffer.from(value, 'utf8').toString('base64') : value,
  ]);
  const data = isTree(rest.data) ? rest.data : {};
  return { ...rest, data: { ...data, ...(Object.fromEntries(encoded) as Tree) } };
}

/** Each namespace has a label with its name. */
function withoutOwnName(body: Tree): Tree {
  const metadata = isTree(body.metadata) ? body.metadata : {};
  const labels = isTree(metadata.labels) ? metadata.labels : {};
  const { 'kubernetes.io/metadata.name': name, ...rest } = labels;
  return name === metadata.name ? { ...body, metadata: { ...metadata, labels: rest } } : body;
}

/** For containers, what is not said of one bound follows from another. */
function withLimits(item: unknown): unknown {
  if (!isTree(item) || item.type !== 'Container') return item;
  const of = (value: unknown): Tree => (isTree(value) ? value : {});
  const limits = { ...of(item.max), ...of(item.default) };
  const requests = { ...of(item.min), ...limits, ...of(item.defaultRequest) };
  return { ...item, default: limits, defaultRequest: requests };
}

function requested(spec: Tree, lists: readonly string[]): Tree {
  return Object.fromEntries(
    lists
      .filter((name) => Array.isArray(spec[name]))
      .map((name) => [
        name,
        listOf(spec[name]).map((one) =>
          isTree(one) ? { ...one, resources: requestsOfLimits(one.resources) } : one,
        ),
      ]),
  );
}

/** The first version knew only the share of CPU. */
function asVersion2(spec: Tree): Tree {
  const { targetCPUUtilizationPercentage: share, ...rest } = spec;
  if (share === undefined || share === null) return rest;
  const target = { type: 'Utilization', averageUtilization: share };
  return { ...rest, metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] };
}

function withSpec(body: Tree, change: (spec: Tree) => Tree): Tree {
  return isTree(body.spec) ? { ...body, spec: change(body.spec) } : body;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
