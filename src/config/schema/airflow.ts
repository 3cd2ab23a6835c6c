import * as z from 'zod';
import { airflowPools, airflowTasks, testedAirflow } from './pipelines-airflow';
import { auth } from './airflow-auth';
import { dags } from './airflow-dags';
import { databaseReference, dnsLabel, egress, env, imageReference, namedSecret, resources } from './common';

const workers = z.strictObject({
  pool: z.string().optional().describe('Node pool that tasks run on. Default: that of the Airflow.'),
  serviceAccount: dnsLabel
    .optional()
    .describe('Name of the Kubernetes service account of tasks. Default: airflow-KEY-worker.'),
  resources: resources.default({}).describe('Requests and limits of a task. Default: 500m and 1Gi.'),
});

const apiServerReplicas = z.union(
  [
    z.int().min(1),
    z
      .strictObject({
        min: z.int().min(1).describe('Fewest pods.'),
        max: z.int().min(2).describe('Most pods.'),
        cpuPercent: z
          .int()
          .min(10)
          .max(95)
          .default(70)
          .describe('How busy they are to be on average, in percent of the CPU that they request.'),
      })
      .refine(({ min, max }) => min < max, {
        error: 'a min that is less than max',
        params: { fix: 'raise max, or write one number' },
      }),
  ],
  { error: 'a number, or { min: NUMBER, max: NUMBER }' },
);

const replicas = z.strictObject({
  apiServer: apiServerReplicas
    .optional()
    .describe('How many api-servers (2.11: webservers) run; { min, max } scales them by their CPU. Default: 2 where production is true, otherwise 1.'),
  scheduler: z.int().min(1).max(10).optional().describe('How many schedulers run. Default: 2 where production is true, otherwise 1.'),
});

const logs = z.union(
  [
    z.literal('bucket'),
    z.strictObject({
      volume: z.strictObject({
        storageClass: z
          .string()
          .default('standard-rwx')
          .describe('Storage class whose volumes several nodes can write at once (ReadWriteMany), as those of Filestore.'),
        sizeGi: z.int().min(10).default(1024).describe('Size in GiB; the basic classes of Filestore begin at 1024. It can grow, never shrink.'),
      }).describe('A volume that all pods of Airflow share.'),
    }),
  ],
  { error: 'bucket, or { volume: { storageClass: NAME, sizeGi: NUMBER } }' },
);

const metrics = z.union(
  [
    z.literal('none'),
    z.literal('statsd'),
    z.strictObject({
      otel: z.strictObject({
        endpoint: z
          .string()
          .regex(/^https?:\/\/[^\s/:]+:\d{1,5}$/, 'http:// or https://, a host and a port, for example http://collector.monitoring.svc.cluster.local:4318')
          .default('http://opentelemetry-collector.gke-managed-otel.svc.cluster.local:4318')
          .describe('OpenTelemetry collector, by HTTP. Default: the one that GKE manages.'),
        intervalSeconds: z.int().min(5).default(60).describe('How often metrics are sent, in seconds.'),
      }).describe('Metrics go to an OpenTelemetry collector.'),
    }),
  ],
  { error: 'none, statsd, or { otel: {} }' },
);

const keys = z.strictObject({
  fernetKey: namedSecret
    .optional()
    .describe('Encrypts connections and variables in the database. Default: one that is generated.'),
  previousFernetKey: namedSecret
    .optional()
    .describe('The key before, which still reads what it wrote: for a rotation, until `airflow rotate-fernet-key` has run. The generated one is tapline-airflow-KEY/fernet-key.'),
  jwtSecret: namedSecret
    .optional()
    .describe('Signs the tokens of tasks and of the API; from Airflow 3 on. Default: one that is generated.'),
  apiSecretKey: namedSecret.optional().describe('Signs the sessions of people. Default: one that is generated.'),
});

const pgbouncer = z.strictObject({
  image: imageReference
    .optional()
    .describe("Image with pgbouncer 1.21 or later and a shell. Default: the one that Airflow's project builds."),
  poolSize: z
    .int()
    .min(1)
    .default(20)
    .describe('Connections to the database that it keeps; together with all others at most max_connections of the instance.'),
  maxClientConnections: z.int().min(10).default(500).describe('Connections that Airflow may open to it.'),
  resources: resources.default({}).describe('Requests and limits. Default: 100m and 128Mi.'),
});

/** An Airflow instance: api-server, scheduler, dag-processor and triggerer. */
export const airflow = z.strictObject({
  namespace: dnsLabel.optional().describe('Namespace it runs in. Default: the only one there is.'),
  database: databaseReference
    .optional()
    .describe(
      'INSTANCE/DATABASE of its metadata. Default: the database `airflow` of the only instance; with no instance declared, one is made.',
    ),
  version: z
    .string()
    .regex(/^(3\.[23]|2\.11)\.\d+$/, 'a version of Airflow 3.2, 3.3 or 2.11, such as 3.3.2')
    .default('3.3.2')
    .describe('Version of Airflow. Raising it runs the migrations before the new pods start.'),
  image: imageReference
    .optional()
    .describe('Image: REGISTRY/NAME:TAG with a registry of this platform, or a full reference. Default: the public image of that version.'),
  pool: z.string().optional().describe('Node pool that it runs on. Default: any pool without taints.'),
  serviceAccount: dnsLabel.optional().describe('Name of the Kubernetes service account. Default: airflow-KEY.'),
  host: z
    .string()
    .regex(/^(?=.{4,253}$)([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]{2,}$/, 'a host name such as airflow.example.com')
    .optional()
    .describe('Name by which people reach it, always by https behind a load balancer. Default: only by port-forward.'),
  executor: z
    .enum(['LocalExecutor', 'KubernetesExecutor'])
    .default('LocalExecutor')
    .describe('Where tasks run. LocalExecutor: as processes in the pods of the scheduler. KubernetesExecutor: each in a pod of its own.'),
  workers: workers.optional().describe('Pods of tasks, with the KubernetesExecutor.'),
  parallelism: z
    .int()
    .min(1)
    .optional()
    .describe('How many tasks run at a time over all. Default: with the LocalExecutor what fits into the memory of the schedulers, otherwise 32.'),
  drainSeconds: z
    .int()
    .min(30)
    .max(3600)
    .default(600)
    .describe('How long a scheduler of the LocalExecutor that is replaced waits for its running tasks; what runs longer is run again. A scheduler that dies is noticed a minute after that time.'),
  replicas: replicas.default({}).describe('How many pods run, by component.'),
  dags: dags
    .optional()
    .describe('Where the DAGs come from. Default: one sample DAG that shows that the platform works.'),
  podNamespaces: z
    .array(dnsLabel)
    .default([])
    .describe('Namespaces of the same cluster in which its DAGs may make pods, as the KubernetesPodOperator does.'),
  logs: logs.default('bucket').describe('Where logs of tasks are kept: a bucket of its own, or a volume.'),
  keys: keys.default({}).describe('Keys of its own making, in the place of generated ones.'),
  auth: auth.prefault({}).describe('Roles, people and sign-in, by the FAB auth manager.'),
  metrics: metrics
    .default('none')
    .describe('Metrics of Airflow itself. statsd: an exporter that Prometheus reads. otel: sent to an OpenTelemetry collector.'),
  pgbouncer: pgbouncer
    .optional()
    .describe('PgBouncer between Airflow and its database, for many connections. Default: none; pods connect by the proxy.'),
  env: env.default({}).describe('Environment of every Airflow container, for example AIRFLOW__CORE__PARALLELISM.'),
  resources: z
    .strictObject({
      apiServer: resources.optional().describe('The API server, which serves the pages too. Default: 500m and 2Gi.'),
      scheduler: resources.optional().describe('The scheduler, which runs the tasks too. Default: 1 and 2Gi.'),
      dagProcessor: resources.optional().describe('The processor of the DAG files. Default: 500m and 1Gi.'),
      triggerer: resources.optional().describe('The triggerer. Default: 250m and 1Gi.'),
    })
    .default({})
    .describe('Requests and limits by component.'),
  tests: testedAirflow,
  pools: airflowPools,
  tasks: airflowTasks,
  egress: egress.default([]).describe('Addresses beside the internet on port 443 that its tasks may reach.'),
});
export type AirflowConfig = z.infer<typeof airflow>;
