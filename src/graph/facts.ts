import type { Platform } from '../model/platform';
import { boundsOf, engineOf, ownBuckets, traitsOf, valueNames } from './data';
import { dagsOf, startOf } from './workloads';

export interface Fact {
  readonly term: string;
  readonly value: string;
}

/** A table; the first cell of a row names it. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const deliveries: Readonly<Record<Platform['secretDelivery'], string>> = {
  addon: 'as files, by the GKE add-on',
  'external-secrets': 'by External Secrets',
  manual: 'by hand',
};

/** What a reader wants to know first. */
export function factsOf(platform: Platform): Fact[] {
  return [
    { term: 'Project', value: platform.project },
    { term: 'Region', value: platform.region },
    { term: 'Environment', value: platform.environment ?? 'none declared' },
    ...platform.clusters.map((cluster) => ({
      term: 'Cluster',
      value: `${cluster.name}, ${cluster.autopilot ? 'Autopilot, ' : ''}${cluster.releaseChannel.toLowerCase()} channel`,
    })),
    { term: 'Network', value: platform.network.name },
    { term: 'Namespaces', value: platform.namespaces.map((namespace) => namespace.name).join(', ') },
    { term: 'Secrets delivered', value: deliveries[platform.secretDelivery] },
    {
      term: 'Pipelines',
      value: String(platform.pipelines.length + platform.airflowPipelines.flatMap(({ dags }) => dags).length),
    },
  ];
}

/** What the picture shows, in words; a table without rows is left out. */
export function tablesOf(platform: Platform): Table[] {
  const severalClusters = platform.clusters.length > 1;
  const tables: Table[] = [
    {
      title: 'Workloads',
      columns: ['Workload', 'Kind', 'Namespace', 'Service account', 'Database', 'Secrets'],
      rows: [
        ...platform.airflow.map((airflow) => [
          airflow.key,
          `Airflow ${airflow.version}, ${dagsOf(airflow)}`,
          airflow.namespace,
          airflow.identity.email,
          `${airflow.database.instance}/${airflow.database.database}`,
          [...airflow.secrets, airflow.keys].map((secret) => secret.key).join(', '),
        ]),
        ...platform.meltano.map((project) => [
          project.key,
          project.scheduler === null ? 'Meltano' : `Meltano, scheduler ${project.scheduler.name}`,
          project.namespace,
          project.identity.email,
          project.database === null ? '' : `${project.database.instance}/${project.database.database}`,
          project.secrets.map((secret) => secret.key).join(', '),
        ]),
      ],
    },
    {
      title: 'Node pools',
      columns: ['Pool', ...(severalClusters ? ['Cluster'] : []), 'Machine type', 'Bounds', 'Disk', 'Kind'],
      rows: platform.clusters.flatMap((cluster) =>
        cluster.nodePools.map((pool) => [
          pool.name,
          ...(severalClusters ? [cluster.name] : []),
          pool.machineType,
          boundsOf(pool),
          `${String(pool.diskSizeGb)} GB ${pool.diskType}`,
          traitsOf(pool),
        ]),
      ),
    },
    {
      title: 'Databases',
      columns: ['Instance', 'Version', 'Tier', 'Databases', 'Standby'],
      rows: platform.databases.map((instance) => [
        instance.name,
        engineOf(instance),
        instance.tier,
        instance.databases.map((database) => database.name).join(', '),
        instance.highAvailability ? 'in another zone' : 'none',
      ]),
    },
    {
      title: 'Secrets',
      columns: ['Secret', 'Value names', 'Namespaces', 'Read by'],
      rows: platform.secrets.map((secret) => [
        secret.key,
        valueNames(secret).join(', '),
        secret.namespaces.join(', '),
        secret.readers.join(', ') || 'nobody',
      ]),
    },
    {
      title: 'Buckets',
      columns: ['Bucket', 'For', 'Location'],
      rows: [...platform.buckets, ...ownBuckets(platform)].map((bucket) => [
        bucket.name,
        bucket.purpose.replace('-', ' '),
        bucket.location,
      ]),
    },
    {
      title: 'Pipelines',
      columns: ['Pipeline', 'Runs', 'Schedule', 'Time zone', 'Project'],
      rows: platform.pipelines.map((pipeline) => [
        pipeline.key,
        pipeline.run.join(' '),
        `${pipeline.schedule ?? 'by hand'}${pipeline.suspended ? ' (suspended)' : ''}`,
        pipeline.schedule === null ? '' : pipeline.timeZone,
        pipeline.meltano,
      ]),
    },
    {
      title: 'DAGs',
      columns: ['DAG', 'Tasks', 'Starts', 'Time zone', 'Airflow'],
      rows: platform.airflowPipelines.flatMap(({ airflow, dags }) =>
        dags.map((dag) => [
          dag.id,
          dag.tasks.map(({ key }) => key).join(', '),
          startOf(dag),
          dag.schedule === null ? '' : dag.timeZone,
          airflow,
        ]),
      ),
    },
  ];
  return tables.filter((table) => table.rows.length > 0);
}
