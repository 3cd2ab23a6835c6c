import type { Platform } from '../model/platform';
import { dataNodes, networkNode } from './data';
import { linkData, linkWorkloads } from './edges';
import { type Graph, type GraphGroup, groupIds } from './graph';
import { workloadNodes } from './workloads';

const deliveries: Readonly<Record<Platform['secretDelivery'], string>> = {
  addon: 'mounted as files by the GKE add-on',
  'external-secrets': 'copied to Kubernetes by External Secrets',
  manual: 'Kubernetes Secrets made by hand',
};

/** The platforms as one graph: what there is, where it is, and what may reach what. Pure. */
export function buildGraph(...platforms: readonly Platform[]): Graph {
  const [only, ...others] = platforms.map(graphOf);
  if (only !== undefined && others.length === 0) return only;
  const graphs = platforms.map((platform) => withPrefix(graphOf(platform), `${titleOf(platform)}/`));
  return {
    title: graphs.map((graph) => graph.title).join(', '),
    groups: graphs.flatMap((graph) => graph.groups),
    nodes: graphs.flatMap((graph) => graph.nodes),
    edges: graphs.flatMap((graph) => graph.edges),
  };
}

/** `NAME`, or `NAME ENVIRONMENT`. */
export function titleOf(platform: Platform): string {
  return platform.environment === null ? platform.name : `${platform.name} ${platform.environment}`;
}

/** Environments hold the same keys; the prefix keeps them apart in one picture. */
function withPrefix(graph: Graph, prefix: string): Graph {
  return {
    ...graph,
    groups: graph.groups.map((group) => ({
      ...group,
      id: prefix + group.id,
      parent: group.parent === null ? null : prefix + group.parent,
    })),
    nodes: graph.nodes.map((node) => ({ ...node, id: prefix + node.id, group: prefix + node.group })),
    edges: graph.edges.map((edge) => ({ ...edge, from: prefix + edge.from, to: prefix + edge.to })),
  };
}

function graphOf(platform: Platform): Graph {
  const workloads = workloadNodes(platform);
  const data = dataNodes(platform);
  const nodes = [...workloads.nodes, ...data, networkNode(platform)];
  const filled = new Set(nodes.map((node) => node.group));
  const groups = groupsOf(platform);
  return {
    title: titleOf(platform),
    groups: groups.filter((group) => holdsNodes(group, groups, filled)),
    nodes,
    edges: [...linkWorkloads(platform, workloads), ...linkData(platform)],
  };
}

function groupsOf(platform: Platform): GraphGroup[] {
  const { project, cluster, pools, namespace, data } = groupIds;
  const part = (id: string, title: string, detail: string): GraphGroup => ({
    id,
    parent: data,
    title,
    detail,
    origin: null,
  });
  return [
    {
      id: project,
      parent: null,
      title: `Google project ${platform.project}`,
      detail:
        platform.environment === null
          ? platform.region
          : `${platform.region}, environment ${platform.environment}`,
      origin: ['google'],
    },
    ...platform.clusters.flatMap((entry): GraphGroup[] => [
      {
        id: cluster(entry.key),
        parent: project,
        title: `GKE cluster ${entry.name}`,
        detail: `${entry.location}, ${entry.autopilot ? 'Autopilot, ' : ''}${entry.releaseChannel.toLowerCase()} channel`,
        origin: entry.origin,
      },
      ...platform.namespaces
        .filter((one) => one.cluster === entry.key)
        .map((one) => ({
          id: namespace(entry.key, one.name),
          parent: cluster(entry.key),
          title: `Namespace ${one.name}`,
          detail: '',
          origin: one.origin,
        })),
      {
        id: pools(entry.key),
        parent: cluster(entry.key),
        title: 'Node pools',
        detail: '',
        origin: [...entry.origin, 'nodePools'],
      },
    ]),
    { id: data, parent: project, title: 'Data and images', detail: '', origin: null },
    part(groupIds.sql, 'Cloud SQL', 'private addresses, IAM login'),
    part(groupIds.buckets, 'Cloud Storage', ''),
    part(groupIds.secrets, 'Secret Manager', deliveries[platform.secretDelivery]),
    part(groupIds.registries, 'Artifact Registry', ''),
  ];
}

function holdsNodes(group: GraphGroup, groups: readonly GraphGroup[], filled: ReadonlySet<string>): boolean {
  return (
    filled.has(group.id) ||
    groups.some((inner) => inner.parent === group.id && holdsNodes(inner, groups, filled))
  );
}
