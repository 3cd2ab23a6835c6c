import { amountOf } from '../config/quantity';
import type { ConfigPath } from '../config/problem';
import type { Airflow, GithubRunner, GitlabRunner, Identity, Meltano, Pipeline, Resources } from './platform';
import type { Problems } from './problems';
import { compare, type Scope, sortedEntries, sortedValues } from './scope';

/**
 * Two workloads under one Kubernetes service account would act as one Google identity and get each other's rights; and
 * `default` is the account of every pod that names none.
 */
export function checkIdentities(scope: Scope): void {
  const owners = new Map<string, Identity>();
  const typed = (identity: Identity) => typedServiceAccount(scope, identity) !== undefined;
  // Where a typed name meets a computed one, the typed one can be changed, so it is told there.
  const identities = sortedValues(scope.identities).sort((a, b) => Number(typed(a)) - Number(typed(b)));
  for (const identity of identities) {
    if (identity.kubernetes === null) continue;
    const { namespace, serviceAccount } = identity.kubernetes;
    const path = [...identity.origin, 'serviceAccount'];
    const owner = owners.get(`${namespace}/${serviceAccount}`);
    if (owner !== undefined) {
      scope.problems.add({
        path,
        message: `the service account '${serviceAccount}' in the namespace '${namespace}' belongs to ${ownerOf(owner)} already`,
        found: serviceAccount,
        allowed: 'a service account that no other workload of the namespace uses',
        fix: `choose another name, or leave it out to get ${identity.key}`,
      });
    }
    if (serviceAccount === 'default') {
      scope.problems.add({
        path,
        message:
          "'default' is the service account of every pod that names none, and all would get these rights",
        found: serviceAccount,
        allowed: 'any other name',
        fix: `leave it out to get ${identity.key}`,
      });
    }
    owners.set(`${namespace}/${serviceAccount}`, identity);
  }
}

function ownerOf(identity: Identity): string {
  return identity.key.startsWith('bootstrap-')
    ? `the bootstrap Job of the database instance '${identity.key.slice('bootstrap-'.length)}'`
    : identity.origin.join('.');
}

function typedServiceAccount({ config }: Scope, identity: Identity): string | undefined {
  const key = identity.key.slice(identity.key.indexOf('-') + 1);
  const runner = key.slice(key.indexOf('-') + 1);
  if (identity.key.startsWith('gitlab-runner-')) return config.gitlabRunners[runner]?.serviceAccount;
  if (identity.key.startsWith('gitlab-jobs-')) return config.gitlabRunners[runner]?.jobs.serviceAccount;
  if (identity.key.startsWith('github-jobs-')) return config.githubRunners[runner]?.jobs.serviceAccount;
  if (identity.key.startsWith('airflow-')) return config.airflow[key]?.serviceAccount;
  if (identity.key.startsWith('tasks-')) return config.airflow[key]?.tasks.serviceAccount;
  if (identity.key.startsWith('meltano-')) return config.meltano[key]?.serviceAccount;
  return undefined;
}

/** Labels that say which platform a resource belongs to; the review and the cost report go by them. */
const ownLabels = ['environment', 'managed-by', 'platform', 'purpose'];

export function checkLabels({ config, problems }: Scope): void {
  for (const label of ownLabels.filter((name) => name in config.labels)) {
    problems.add({
      path: ['labels', label],
      at: 'key',
      message: `the label '${label}' is set by the platform itself`,
      found: label,
      allowed: `any label but ${ownLabels.join(', ')}`,
      fix: 'remove it, or give it another name',
    });
  }
  for (const [key, { scheduler }] of sortedEntries(config.meltano)) {
    checkPrefix(
      problems,
      scheduler?.labels ?? {},
      ['meltano', key, 'scheduler', 'labels'],
      'app.kubernetes.io/',
      'the network policies find the pods by it',
    );
  }
  for (const [key, { labels }] of sortedEntries(config.namespaces)) {
    checkPrefix(
      problems,
      labels,
      ['namespaces', key, 'labels'],
      'pod-security.kubernetes.io/',
      'every namespace is restricted',
    );
  }
}

function checkPrefix(
  problems: Problems,
  labels: Readonly<Record<string, string>>,
  path: ConfigPath,
  prefix: string,
  reason: string,
): void {
  for (const label of Object.keys(labels).filter((name) => name.startsWith(prefix))) {
    problems.add({
      path: [...path, label],
      at: 'key',
      message: `the label '${label}' is set by the platform itself: ${reason}`,
      found: label,
      allowed: `labels that do not begin with ${prefix}`,
      fix: 'remove it, or give it another name',
    });
  }
}

/** Kubernetes refuses a pod that requests more than its limit. */
export function checkResources(
  scope: Scope,
  airflow: readonly Airflow[],
  meltano: readonly Meltano[],
  pipelines: readonly Pipeline[],
): void {
  for (const instance of airflow) {
    for (const [component, resources] of Object.entries(instance.resources)) {
      checkLimits(scope, resources, [...instance.origin, 'resources', component]);
    }
    for (const part of ['worker', 'pgbouncer'] as const) {
      const resources = instance[part]?.resources;
      const key = part === 'worker' ? 'workers' : part;
      if (resources !== undefined) checkLimits(scope, resources, [...instance.origin, key, 'resources']);
    }
  }
  for (const project of meltano) checkLimits(scope, project.resources, [...project.origin, 'resources']);
  for (const pipeline of pipelines) {
    // What a pipeline takes over from its project has been told there.
    if (scope.config.pipelines[pipeline.key]?.resources === undefined) continue;
    checkLimits(scope, pipeline.resources, [...pipeline.origin, 'resources']);
  }
}

/** The same for runners of CI. */
export function checkRunnerResources(
  scope: Scope,
  gitlab: readonly GitlabRunner[],
  github: readonly GithubRunner[],
): void {
  for (const runner of gitlab) checkLimits(scope, runner.resources, [...runner.origin, 'resources']);
  for (const { jobs, origin } of [...gitlab, ...github]) {
    checkLimits(scope, jobs.resources, [...origin, 'jobs', 'resources']);
  }
}

/** Tells of requests above their limits. */
export function checkLimits({ problems }: Scope, { requests, limits }: Resources, path: ConfigPath): void {
  for (const name of Object.keys(requests).sort(compare)) {
    const [request = '', limit = ''] = [requests[name], limits[name]];
    if (amountOf(request) <= amountOf(limit)) continue;
    problems.add({
      path: [...path, `${name}Limit`],
      message: `more ${name} is requested than the limit allows`,
      found: `request ${request}, limit ${limit}`,
      allowed: 'a limit that is at least the request',
      fix: `raise ${name}Limit to ${request}, or write a smaller ${name}`,
    });
  }
}
