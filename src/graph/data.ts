import type { Bucket, DatabaseInstance, NodePool, Platform, Secret } from '../model/platform';
import { type GraphNode, groupIds } from './graph';
import { counted } from './text';

/** Ids of the nodes that edges lead to. */
export const dataIds = {
  database: (instance: string) => `database:${instance}`,
  bucket: (key: string) => `bucket:${key}`,
  secret: (key: string) => `secret:${key}`,
  registry: (key: string) => `registry:${key}`,
  pool: (cluster: string, key: string) => `pool:${cluster}/${key}`,
  network: 'network',
} as const;

const purposes: Readonly<Record<Bucket['purpose'], string>> = {
  'terraform-state': 'Terraform state',
  'pipeline-state': 'Pipeline state',
  'airflow-logs': 'Airflow task logs',
  'access-logs': 'Access logs',
  data: 'Bucket',
};

/** Buckets that the platform is made with, before all others. */
export function ownBuckets({ accessLogBucket, stateBucket }: Platform): Bucket[] {
  return [...(accessLogBucket === null ? [] : [accessLogBucket]), stateBucket];
}

/** Names of a secret's values, once each: namespaces may have values of their own under one name. */
export function valueNames({ values }: Secret): string[] {
  return [...new Set(values.map(({ key }) => key))];
}

/** Node pools, databases, buckets, secrets and registries. */
export function dataNodes(platform: Platform): GraphNode[] {
  return [
    ...platform.clusters.flatMap((cluster) => cluster.nodePools.map((pool) => poolNode(cluster.key, pool))),
    ...platform.databases.map(databaseNode),
    ...[...platform.buckets, ...ownBuckets(platform)].map((bucket): GraphNode => ({
      id: dataIds.bucket(bucket.key),
      kind: 'bucket',
      group: groupIds.buckets,
      caption: null,
      title: bucket.purpose === 'data' ? bucket.key : purposes[bucket.purpose],
      lines: [bucket.name],
      origin: bucket.origin,
    })),
    ...platform.secrets.map((secret): GraphNode => ({
      id: dataIds.secret(secret.key),
      kind: 'secret',
      group: groupIds.secrets,
      caption: null,
      title: secret.key,
      lines: [
        `${counted(secret.values.length, 'value')}${secret.values.every((v) => v.source === 'generated') ? ', generated' : ''}`,
        ...(secret.readers.length === 0 ? ['read by nobody'] : []),
      ],
      origin: secret.origin,
    })),
    ...platform.registries.map((registry): GraphNode => ({
      id: dataIds.registry(registry.key),
      kind: 'registry',
      group: groupIds.registries,
      caption: null,
      title: registry.name,
      lines: [`${registry.format}${registry.immutableTags ? ', immutable tags' : ''}`],
      origin: registry.origin,
    })),
  ];
}

/** The VPC with its ranges. */
export function networkNode({ network }: Platform): GraphNode {
  return {
    id: dataIds.network,
    kind: 'network',
    group: groupIds.project,
    caption: 'VPC network',
    title: network.name,
    lines: [
      `nodes ${network.nodesCidr}`,
      `pods ${network.podsCidr}`,
      `services ${network.servicesCidr}`,
      `databases ${network.databasesCidr}`,
      ...(network.proxyOnly === null ? [] : [`proxies ${network.proxyOnly.cidr}`]),
      network.natAddressNames.length === 0
        ? 'outwards by Cloud NAT'
        : `outwards by Cloud NAT, ${counted(network.natAddressNames.length, 'static address', 'static addresses')}`,
    ],
    origin: network.origin,
  };
}

/** `PostgreSQL 18` for `POSTGRES_18`. */
export function engineOf(instance: DatabaseInstance): string {
  return instance.version.replace(/^POSTGRES_/, 'PostgreSQL ');
}

/** `1 to 3 nodes`, or `2 nodes` where the bounds meet. */
export function boundsOf(pool: NodePool): string {
  const { minNodes, maxNodes } = pool;
  return minNodes === maxNodes
    ? counted(maxNodes, 'node')
    : `${String(minNodes)} to ${counted(maxNodes, 'node')}`;
}

/** What is special about a pool: `Spot`, `dedicated`, both, or nothing. */
export function traitsOf(pool: NodePool): string {
  return [pool.spot ? 'Spot' : '', pool.dedicated ? 'dedicated' : '']
    .filter((text) => text !== '')
    .join(', ');
}

function poolNode(cluster: string, pool: NodePool): GraphNode {
  return {
    id: dataIds.pool(cluster, pool.key),
    kind: 'pool',
    group: groupIds.pools(cluster),
    caption: null,
    title: pool.name,
    lines: [pool.machineType, boundsOf(pool), traitsOf(pool)].filter((line) => line !== ''),
    origin: pool.origin,
  };
}

function databaseNode(instance: DatabaseInstance): GraphNode {
  return {
    id: dataIds.database(instance.key),
    kind: 'database',
    group: groupIds.sql,
    caption: null,
    title: instance.name,
    lines: [
      `${engineOf(instance)}${instance.highAvailability ? ', with a standby' : ''}`,
      instance.tier,
      `${instance.databases.length === 1 ? 'database' : 'databases'} ${instance.databases.map((database) => database.name).join(', ')}`,
    ],
    origin: instance.origin,
  };
}
