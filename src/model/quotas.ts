import { amountOf } from '../config/quantity';
import type { Airflow, GithubRunner, GitlabRunner, Ingress, Meltano, Pipeline, Resources } from './platform';
import type { Scope } from './scope';

/** The pods of a namespace that are there at the same time, by what the container that does the work requests. */
interface Demand {
  readonly namespace: string;
  readonly pods: number;
  readonly resources: Resources;
}

/** Settings of a quota, by what a pod calls what they count. */
const counted = [
  ['cpu', 'cpu', (amount: number) => String(Math.ceil(amount * 1000) / 1000)],
  ['memory', 'memory', inMi],
  ['ephemeralStorage', 'ephemeral-storage', inMi],
] as const;

/**
 * A quota that is less than what the workloads request would have the API server refuse their pods, one by one, long
 * after the deployment. What stands beside the working containers (proxies and the like) is judged by the policy, on
 * the manifests.
 */
export function checkQuotas(
  { config, problems, namespaces }: Scope,
  workloads: {
    readonly airflow: readonly Airflow[];
    readonly meltano: readonly Meltano[];
    readonly pipelines: readonly Pipeline[];
    readonly ingress: Ingress | null;
    readonly gitlabRunners: readonly GitlabRunner[];
    readonly githubRunners: readonly GithubRunner[];
  },
): void {
  const demands = demandsOf(workloads);
  for (const { name } of namespaces.values()) {
    const quota = config.namespaces[name]?.quota;
    if (quota === undefined) continue;
    const here = demands.filter(({ namespace }) => namespace === name);
    const tooLittle = (setting: keyof typeof quota, found: string, needed: string) => {
      problems.add({
        path: ['namespaces', name, 'quota', setting],
        message: `the workloads of the namespace '${name}' request more than its quota`,
        found,
        allowed: `at least ${needed}`,
        fix:
          setting === 'pods'
            ? `raise it to ${needed} or more, or remove it`
            : `raise it to ${needed} and what stands beside these containers, or remove it`,
        dependsOn: [
          ['airflow'],
          ['meltano'],
          ['pipelines'],
          ['ingress'],
          ['gitlabRunners'],
          ['githubRunners'],
        ],
      });
    };
    for (const [setting, resource, shown] of counted) {
      const limit = quota[setting];
      const needed = here.reduce(
        (sum, { pods, resources }) => sum + pods * amountOf(resources.requests[resource] ?? '0'),
        0,
      );
      if (limit !== undefined && amountOf(limit) < needed) tooLittle(setting, limit, shown(needed));
    }
    const pods = here.reduce((sum, demand) => sum + demand.pods, 0);
    if (quota.pods !== undefined && quota.pods < pods) tooLittle('pods', String(quota.pods), String(pods));
  }
}

function demandsOf({
  airflow,
  meltano,
  pipelines,
  ingress,
  gitlabRunners,
  githubRunners,
}: Parameters<typeof checkQuotas>[1]): Demand[] {
  return [
    ...airflow.flatMap(({ namespace, resources, replicas, apiServerScaling }): Demand[] => [
      { namespace, pods: apiServerScaling?.max ?? replicas.apiServer, resources: resources.apiServer },
      { namespace, pods: replicas.scheduler, resources: resources.scheduler },
      { namespace, pods: 1, resources: resources.dagProcessor },
      { namespace, pods: 1, resources: resources.triggerer },
    ]),
    ...meltano.flatMap(({ namespace, resources, scheduler }) =>
      scheduler === null ? [] : [{ namespace, pods: 1, resources }],
    ),
    ...pipelines.map(({ namespace, resources }) => ({ namespace, pods: 1, resources })),
    ...(ingress?.way.kind === 'nginx'
      ? [{ namespace: ingress.namespace, pods: ingress.way.replicas, resources: ingress.way.resources }]
      : []),
    // With as many jobs as may run at once.
    ...gitlabRunners.flatMap(({ namespace, resources, concurrent, jobs }) => [
      { namespace, pods: 1, resources },
      { namespace, pods: concurrent, resources: jobs.resources },
    ]),
    ...githubRunners.map(({ namespace, maxRunners, jobs }) => ({
      namespace,
      pods: maxRunners,
      resources: jobs.resources,
    })),
  ];
}

function inMi(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)}Mi`;
}
