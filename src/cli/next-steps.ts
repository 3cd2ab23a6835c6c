import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Airflow, Cluster, Platform } from '../model';
import { count } from '../output';
import { shown } from './shown';

/** What was made for a platform, and where it lies. */
export interface Deployable {
  readonly platform: Platform;
  readonly stacks: readonly string[];
  readonly cdktfOut: string;
  readonly dist: string;
}

/** A command to type, and what it does. */
export interface Step {
  readonly command: string;
  readonly why: string;
}

/** The stack whose state cannot be in the bucket, since it makes the bucket. */
const first = 'bootstrap';

/** The way from what was made to running pods; only what this platform needs. */
export function nextSteps(file: string, made: Deployable): Step[] {
  const { platform, dist } = made;
  const state = join(made.cdktfOut, '..', `${platform.prefix}.bootstrap.tfstate`);
  const rest = made.stacks.filter((stack) => stack !== first);
  return [
    {
      command: apply(file, made, [first]),
      why: `once: the bucket for the Terraform state. Keep ${shown(state)}, the state of this stack alone`,
    },
    { command: apply(file, made, rest), why: 'everything else at Google' },
    ...secretSteps(platform, dist),
    ...platform.clusters.flatMap((cluster) => clusterSteps(platform, cluster, dist)),
  ];
}

/** What runs on a cluster; its context is kubectl's until the steps of the next one. */
function clusterSteps(platform: Platform, cluster: Cluster, dist: string): Step[] {
  const only = platform.clusters.length === 1;
  const namespaces = platform.namespaces.filter((namespace) => namespace.cluster === cluster.key);
  if (namespaces.length === 0) return [];
  const [airflow] = platform.airflow.filter((one) => one.cluster === cluster.key);
  return [
    {
      command: `gcloud container clusters get-credentials ${cluster.name} --location ${cluster.location} --project ${platform.project} --dns-endpoint`,
      why: `kubectl for the cluster${only ? '' : ` ${cluster.name}`}, by its DNS endpoint`,
    },
    ...platform.operators
      .filter((operator) => operator.cluster === cluster.key)
      .map(({ title, install, why }) => ({ command: install, why: `${title}: ${why}` })),
    {
      command: `kubectl apply --server-side -R -f ${shown(only ? dist : join(dist, cluster.key))}`,
      why: 'again after a Job has failed for good: delete the Job first',
    },
    ...(airflow === undefined ? [] : [airflowStep(airflow)]),
  ];
}

/** How the first person gets in; where the configuration names people or an issuer, there is nobody to make. */
function airflowStep({ key, namespace, release, auth }: Airflow): Step {
  const server = `airflow-${key}-${release === '2.11' ? 'webserver' : 'api-server'}`;
  const forward = `kubectl -n ${namespace} port-forward svc/${server} 8080`;
  if (auth.users.length > 0) return { command: forward, why: 'Airflow, for the people of auth.users' };
  if (auth.oauth !== null)
    return { command: forward, why: 'Airflow without its load balancer; sign-in needs the host' };
  return {
    command: `kubectl -n ${namespace} exec -it deploy/${server} -- airflow users create --role Admin --username admin --email admin@example.com --firstname Ada --lastname Admin`,
    why: `Airflow has no user at first; then ${forward}`,
  };
}

function secretSteps(platform: Platform, dist: string): Step[] {
  const values = platform.secrets.flatMap((secret) =>
    secret.values.filter((value) => value.source === 'person'),
  );
  const [example] = values;
  return [
    ...(example === undefined
      ? []
      : [
          {
            command: `gcloud secrets versions add ${example.secretId} --project ${platform.project} --data-file=-`,
            why: `${count(values.length, 'value')} to fill, this one and ${values.length === 1 ? 'no other' : 'the others of secrets'}`,
          },
        ]),
    ...(platform.secretDelivery === 'manual' && platform.secrets.length > 0
      ? [{ command: `less ${shown(dist)}/*/20-secrets.md`, why: 'the Kubernetes Secrets to create by hand' }]
      : []),
  ];
}

/** cdktf where there is a project of it, which the file and the environment must be named to; else Terraform. */
function apply(file: string, { platform, cdktfOut }: Deployable, stacks: readonly string[]): string {
  if (!existsSync('cdktf.json')) {
    const folder = `-chdir=${shown(cdktfOut)}/stacks/${stacks.length === 1 ? (stacks[0] ?? '') : '$stack'}`;
    const commands = `terraform ${folder} init && terraform ${folder} apply`;
    return stacks.length === 1 ? commands : `for stack in ${stacks.join(' ')}; do ${commands} || break; done`;
  }
  const environment = platform.environment === null ? '' : `TAPLINE_ENVIRONMENT=${platform.environment} `;
  return `TAPLINE_CONFIG=${shown(file)} ${environment}npx cdktf deploy --output ${shown(cdktfOut)} ${stacks.includes(first) ? '' : '--ignore-missing-stack-dependencies '}${stacks.join(' ')}`;
}
