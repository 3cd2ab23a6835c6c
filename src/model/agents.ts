import type { ConfigPath } from '../config/problem';
import type { Config } from '../config/schema';
import type { Problems } from './problems';

/**
 * Service agents: the accounts that products of Google act as in a project. Each is called after the number of the
 * project, which no name can be computed from.
 *
 * @see https://cloud.google.com/iam/docs/service-agents
 */
const agents = {
  artifacts: 'gcp-sa-artifactregistry',
  /** Backup for GKE. */
  backups: 'gcp-sa-gkebackup',
  /** BigQuery, for the datasets of log sinks. */
  datasets: 'bigquery-encryption',
  /** Compute Engine, which makes the disks of the nodes. */
  disks: 'compute-system',
  /** GKE, for Kubernetes Secrets in etcd. */
  kubernetes: 'container-engine-robot',
  pubsub: 'gcp-sa-pubsub',
  secrets: 'gcp-sa-secretmanager',
  sql: 'gcp-sa-cloud-sql',
  storage: 'gs-project-accounts',
} as const;
export type Agent = keyof typeof agents;

/** The IAM member of a product's agent. */
export function agentMember(projectNumber: string, agent: Agent): string {
  // Older than the others, and called otherwise.
  if (agent === 'datasets')
    return `serviceAccount:bq-${projectNumber}@${agents[agent]}.iam.gserviceaccount.com`;
  return `serviceAccount:service-${projectNumber}@${agents[agent]}.iam.gserviceaccount.com`;
}

/**
 * The member of an agent that a setting needs. Without the project's number it adds a problem at that setting.
 * @param what the setting in a sentence, for example `a notification`
 */
export function requireAgent(
  config: Config,
  problems: Problems,
  agent: Agent,
  what: string,
  path: ConfigPath,
): string {
  const { project, projectNumber } = config.google;
  if (projectNumber !== undefined) return agentMember(projectNumber, agent);
  problems.add({
    path,
    message: `${what} needs the number of the project: Google names the agent that gets a right by it`,
    allowed: 'google.projectNumber',
    fix: `add projectNumber to google; it is told by: gcloud projects describe ${project} --format="value(projectNumber)"`,
    dependsOn: [['google', 'projectNumber']],
  });
  return agentMember('0', agent);
}
