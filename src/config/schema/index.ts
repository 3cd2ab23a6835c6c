import * as z from 'zod';
import { access } from './access';
import { airflow } from './airflow';
import { accessLogs, bucket } from './buckets';
import { budget } from './budget';
import { certificate } from './certificates';
import { ci } from './ci';
import { cluster, clusterKey, furtherCluster } from './cluster';
import { interpreted, keyUpTo, labelKey, labelValue, mapOf } from './common';
import { database } from './database';
import { dns } from './dns';
import { encryption } from './encryption';
import { google } from './google';
import { iap } from './iap';
import { ingress } from './ingress';
import { logging } from './logging';
import { meltano } from './meltano';
import { monitoring } from './monitoring';
import { namespace } from './namespaces';
import { network } from './network';
import { pipeline } from './pipelines';
import { policy } from './policy';
import { registry } from './registry';
import { githubRunner, gitlabRunner } from './runners';
import { renamed } from './renamed';
import { secret, secretDelivery } from './secrets';
import { securityPolicy } from './security-policies';
import { topic } from './topics';

/** One platform, as it is after an environment has been laid over the file. */
export const platformSchema = z.strictObject({
  version: z.literal(1).describe('Version of this format.'),
  name: keyUpTo(24)
    .describe('Name of the platform: the prefix of everything. Changing this recreates everything.'),
  google: google.describe('The Google Cloud project.'),
  production: z
    .boolean()
    .default(false)
    .describe('Whether people depend on this environment: databases then have a standby and workloads more than one replica where they can.'),
  labels: z.record(labelKey, labelValue).default({}).describe('Labels on every Google resource that takes them.'),
  network: network.prefault({}).describe('The VPC network.'),
  cluster: cluster.prefault({}).describe('The GKE cluster.'),
  clusters: z
    .record(clusterKey, furtherCluster)
    .default({})
    .describe('Further GKE clusters by name, in the same network. Renaming one recreates it.'),
  databases: mapOf(database)
    .default({})
    .describe('Cloud SQL instances by name. Renaming one recreates it.'),
  registries: mapOf(registry)
    .default({ images: registry.parse({}, interpreted) })
    .describe('Repositories in Artifact Registry by name. Default: one for docker images, `images`.'),
  buckets: mapOf(bucket)
    .default({})
    .describe('Buckets by name, beside those that the platform makes for itself. Renaming one recreates it.'),
  accessLogs: accessLogs
    .optional()
    .describe('A bucket that is told who read and wrote in the others. Default: none; Cloud Audit Logs can tell more.'),
  topics: mapOf(topic).default({}).describe('Pub/Sub topics by name. Renaming one recreates it.'),
  encryption: encryption.optional().describe('Keys of your own. Default: the keys of Google.'),
  secrets: mapOf(secret).default({}).describe('Secrets by name.'),
  secretDelivery,
  namespaces: mapOf(namespace)
    .default({})
    .describe('Kubernetes namespaces by name. Default: one, called like the platform.'),
  airflow: mapOf(airflow).default({}).describe('Airflow instances by name.'),
  meltano: mapOf(meltano).default({}).describe('Meltano projects by name.'),
  pipelines: mapOf(pipeline).default({}).describe('Pipelines by name.'),
  gitlabRunners: mapOf(gitlabRunner).default({}).describe('GitLab Runners, which run jobs of CI in pods, by name.'),
  githubRunners: mapOf(githubRunner)
    .default({})
    .describe('Runners of GitHub Actions by name: the name that a workflow says in runs-on.'),
  syncWaves: z
    .boolean()
    .default(false)
    .describe(
      'Whether every object says to Argo CD in which order it belongs (argocd.argoproj.io/sync-wave: the number of its file), and that its kind may come with an operator of an earlier wave. For kubectl the names of the files say it; docs/operators.md says how Flux waits.',
    ),
  dns: dns.prefault({}).describe('Cloud DNS.'),
  certificates: mapOf(certificate)
    .default({})
    .describe('Certificates for load balancers by name. Renaming one recreates it.'),
  securityPolicies: mapOf(securityPolicy)
    .default({})
    .describe('Policies of Cloud Armor for load balancers by name. Renaming one recreates it.'),
  ingress: ingress
    .optional()
    .describe('The way in from outside, to every Airflow with a host. Default: none is made, and only a port-forward leads in.'),
  iap: iap.optional().describe('Identity-Aware Proxy before the web interfaces. Default: nobody is let through it.'),
  logging: logging.prefault({}).describe('Cloud Logging.'),
  monitoring: monitoring.optional().describe('Cloud Monitoring. Default: nobody is told of anything.'),
  budget: budget.optional().describe('A budget for the project. Default: none.'),
  access: access.prefault({}).describe('Who may do what in the project, beside the workloads.'),
  ci: ci.optional().describe('Deployments by continuous integration without any key (docs/ci-deploy.md). Needs google.projectNumber. Default: only people deploy.'),
  policy: policy.prefault({}).describe('What the policy lets pass.'),
  renamed,
});

/** The configuration of one environment, with every default filled in. */
export type Config = z.infer<typeof platformSchema>;

/** An environment's name stands between the platform's name and the rest in every name, so it has no hyphen. */
export const environmentName = z
  .string()
  .max(16, 'at most 16 characters')
  .regex(/^[a-z][a-z0-9]*$/, 'lower-case letters and digits, first a letter');
