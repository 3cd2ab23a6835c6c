import type { DatabaseAccess, NodePool, Placement, Platform, Secret, Workload } from '../model/platform';
import { dataIds, valueNames } from './data';
import { type EdgeKind, type GraphEdge, groupIds } from './graph';
import { type PipelineNode, workloadIds, type WorkloadNodes } from './workloads';

/** What a node does: a workload under the name that sentences use. */
interface Actor {
  readonly id: string;
  readonly name: string;
  readonly workload: Workload;
  readonly database: DatabaseAccess | null;
  readonly secrets: readonly Secret[];
}

const bucketUses = {
  'terraform-state': 'keeps state',
  'pipeline-state': 'keeps state',
  'airflow-logs': 'writes logs',
  'access-logs': 'writes logs',
  data: 'reads and writes',
} as const;

/** What the workloads reach. A pipeline inherits from its project; only what it has beside that is drawn at it. */
export function linkWorkloads(platform: Platform, { pipelines }: WorkloadNodes): GraphEdge[] {
  const actors: Actor[] = [
    ...platform.meltano.map((project) => ({
      id: workloadIds.meltano(project.key),
      name: `The Meltano project ${project.key}`,
      workload: project,
      database: project.database,
      secrets: project.secrets,
    })),
    ...platform.airflow.map((airflow) => ({
      id: workloadIds.airflow(airflow.key),
      name: `Airflow ${airflow.key}`,
      workload: airflow,
      database: airflow.database,
      secrets: [...airflow.secrets, airflow.keys],
    })),
  ];
  return unique([
    ...pipelines.flatMap((node) => linkPipelines(platform, node)),
    ...linkDags(platform),
    ...actors.flatMap((actor) => [
      ...linkPools(platform, actor.id, actor.name, actor.workload),
      ...linkDatabase(actor.id, actor.name, actor.database),
      ...linkBuckets(platform, actor),
      ...actor.secrets.map((secret) => reads(actor.id, actor.name, secret)),
      ...linkRegistry(platform, actor),
    ]),
    ...linkBootstraps(platform),
  ]);
}

/** What does not run but hangs together: the cluster and the databases have their addresses in the network. */
export function linkData(platform: Platform): GraphEdge[] {
  const { network } = platform;
  const link = (from: string, label: string, sentence: string): GraphEdge => ({
    kind: 'network',
    from,
    to: dataIds.network,
    label,
    sentence,
  });
  return [
    ...platform.clusters.map((cluster) =>
      link(
        groupIds.cluster(cluster.key),
        'nodes and pods',
        `The nodes of ${cluster.name} have addresses of ${network.nodesCidr}, its pods of ${cluster.pods.cidr}.`,
      ),
    ),
    ...platform.databases.map((instance) =>
      link(
        dataIds.database(instance.key),
        'private address',
        `${instance.name} has only a private address, of ${network.databasesCidr}.`,
      ),
    ),
  ];
}

function linkPipelines(platform: Platform, node: PipelineNode): GraphEdge[] {
  const project = platform.meltano.find((one) => one.key === node.project);
  if (project === undefined) return [];
  const many = node.pipelines.length > 1;
  return [
    edge(
      'part-of',
      node.id,
      workloadIds.meltano(project.key),
      'runs in',
      many
        ? `${String(node.pipelines.length)} pipelines run in the Meltano project ${project.key}: its image, its service account.`
        : `The pipeline ${node.pipelines[0]?.key ?? ''} runs in the Meltano project ${project.key}: its image, its service account.`,
    ),
    ...node.pipelines.flatMap((pipeline) => {
      const name = `The pipeline ${pipeline.key}`;
      const inherited = new Set(project.secrets.map((secret) => secret.key));
      return [
        ...(pipeline.placement.pool === project.placement.pool
          ? []
          : linkPools(platform, node.id, many ? `At least one of the pipelines` : name, pipeline)),
        ...(pipeline.database?.connectionName === project.database?.connectionName
          ? []
          : linkDatabase(node.id, name, pipeline.database)),
        ...pipeline.secrets
          .filter((secret) => !inherited.has(secret.key))
          .map((secret) => reads(node.id, many ? `At least one of the pipelines` : name, secret)),
      ];
    }),
  ];
}

/** The pipelines of an Airflow: who runs them, and what their tasks reach beside what a Meltano project reaches. */
function linkDags(platform: Platform): GraphEdge[] {
  return platform.airflowPipelines.flatMap(({ airflow, dags }) => {
    if (dags.length === 0) return [];
    const id = workloadIds.dags(airflow);
    const tasks = dags.flatMap((dag) => dag.tasks);
    const of = `At least one of the tasks of the Airflow ${airflow}`;
    return [
      edge(
        'part-of',
        id,
        workloadIds.airflow(airflow),
        'run by',
        `Airflow ${airflow} starts a pod for each of their tasks.`,
      ),
      ...tasks.flatMap((task) =>
        task.meltano === null
          ? [
              ...linkPools(platform, id, of, task),
              ...task.secrets.map((secret) => reads(id, of, secret)),
              ...linkRegistry(platform, { id, name: of, workload: task, database: null, secrets: [] }),
            ]
          : [
              edge(
                'part-of',
                id,
                workloadIds.meltano(task.meltano),
                'runs in',
                `${of} runs in the Meltano project ${task.meltano}.`,
              ),
            ],
      ),
    ];
  });
}

function linkDatabase(from: string, name: string, access: DatabaseAccess | null): GraphEdge[] {
  if (access === null) return [];
  return [
    edge(
      'database',
      from,
      dataIds.database(access.instance),
      `IAM login to ${access.database}`,
      `${name} reaches the database ${access.database} through the Cloud SQL Auth Proxy in its pods, logged in by IAM as ${access.iamUser}: no password exists.`,
    ),
  ];
}

function linkBuckets(platform: Platform, { id, name, workload }: Actor): GraphEdge[] {
  return platform.buckets
    .filter((bucket) => bucket.writers.includes(workload.identity.key))
    .map((bucket) =>
      edge(
        'bucket',
        id,
        dataIds.bucket(bucket.key),
        bucketUses[bucket.purpose],
        `${name} reads and writes objects in ${bucket.name}.`,
      ),
    );
}

function linkRegistry(platform: Platform, { id, name, workload }: Actor): GraphEdge[] {
  return platform.registries
    .filter((registry) => workload.image.reference.startsWith(`${registry.host}/`))
    .map((registry) =>
      edge(
        'image',
        id,
        dataIds.registry(registry.key),
        'pulls its image',
        `${name} runs ${workload.image.reference}.`,
      ),
    );
}

/** To its pool; without one, to every pool that a pod without tolerations may be put on. */
function linkPools(platform: Platform, from: string, name: string, workload: Workload): GraphEdge[] {
  const pools = platform.clusters.find((cluster) => cluster.key === workload.cluster)?.nodePools ?? [];
  const open = pools.filter((pool) => takes(pool, workload.placement));
  return open.map((pool) =>
    edge(
      'placement',
      from,
      dataIds.pool(workload.cluster, pool.key),
      open.length === 1 ? 'runs on' : 'may run on',
      `${name} ${open.length === 1 ? 'runs' : 'may run'} on nodes of the pool ${pool.name}.`,
    ),
  );
}

function takes(pool: NodePool, placement: Placement): boolean {
  if (placement.pool !== null) return placement.pool === pool.key;
  return pool.taints.every((taint) => taint.effect === 'PREFER_NO_SCHEDULE');
}

function linkBootstraps(platform: Platform): GraphEdge[] {
  return platform.databases.flatMap((instance) => {
    const { bootstrap } = instance;
    if (bootstrap === null) return [];
    const id = workloadIds.bootstrap(instance.key);
    return [
      edge(
        'database',
        id,
        dataIds.database(instance.key),
        'grants rights',
        `The Job ${bootstrap.identity.key} logs in as ${bootstrap.adminUser} through the Cloud SQL Auth Proxy and gives ${[...instance.users, ...instance.logins].map(({ name }) => name).join(', ')} their rights.`,
      ),
      reads(id, `The Job ${bootstrap.identity.key}`, bootstrap.secret),
    ];
  });
}

function reads(from: string, name: string, secret: Secret): GraphEdge {
  return edge(
    'secret',
    from,
    dataIds.secret(secret.key),
    'reads',
    `${name} may read the secret ${secret.key}: ${valueNames(secret).join(', ')}.`,
  );
}

function edge(kind: EdgeKind, from: string, to: string, label: string, sentence: string): GraphEdge {
  return { kind, from, to, label, sentence };
}

/** Folded pipelines may ask for the same thing many times; the first stands for all. */
function unique(edges: readonly GraphEdge[]): GraphEdge[] {
  const seen = new Map<string, GraphEdge>();
  for (const one of edges) {
    const key = JSON.stringify([one.kind, one.from, one.to]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}
