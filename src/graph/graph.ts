import type { ConfigPath } from '../config/problem';

/** What a node stands for; decides its colour. */
export type NodeKind =
  | 'pipeline'
  | 'meltano'
  | 'airflow'
  | 'job'
  | 'pool'
  | 'database'
  | 'bucket'
  | 'secret'
  | 'registry'
  | 'network'
  | 'empty';

/** What an edge says: what flows, or who may do what. */
export type EdgeKind = 'part-of' | 'database' | 'secret' | 'bucket' | 'placement' | 'image' | 'network';

/** A box of the picture. Its texts are raw: each renderer escapes for its format. */
export interface GraphNode {
  /** Unique in the graph and stable: made of the kind and the keys. */
  readonly id: string;
  readonly kind: NodeKind;
  /** Id of the group that it stands in. */
  readonly group: string;
  /** What it is, above the title; null where the group says so. */
  readonly caption: string | null;
  readonly title: string;
  readonly lines: readonly string[];
  /** Where the configuration asks for it; null for a node that stands for several. */
  readonly origin: ConfigPath | null;
}

/** A frame around nodes and other groups. */
export interface GraphGroup {
  readonly id: string;
  /** The group around it; null for the outermost. */
  readonly parent: string | null;
  readonly title: string;
  readonly detail: string;
  readonly origin: ConfigPath | null;
}

/** An arrow between two nodes, or from a group to a node. */
export interface GraphEdge {
  readonly kind: EdgeKind;
  /** Id of a node or a group. */
  readonly from: string;
  /** Id of a node. */
  readonly to: string;
  /** A few words at the arrow. */
  readonly label: string;
  /** The whole sentence, for the tooltip. */
  readonly sentence: string;
}

/** A platform as nodes in groups with edges; every list is in a stable order, and groups follow their parents. */
export interface Graph {
  readonly title: string;
  readonly groups: readonly GraphGroup[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Ids of the groups, used by the parts that fill them. */
export const groupIds = {
  project: 'project',
  data: 'data',
  sql: 'data:sql',
  buckets: 'data:buckets',
  secrets: 'data:secrets',
  registries: 'data:registries',
  cluster: (key: string) => `cluster:${key}`,
  pools: (cluster: string) => `pools:${cluster}`,
  namespace: (cluster: string, name: string) => `namespace:${cluster}/${name}`,
} as const;
