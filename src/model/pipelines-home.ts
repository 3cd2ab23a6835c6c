import type { ConfigPath } from '../config/problem';
import type { AirflowConfig } from '../config/schema/airflow';
import type { Airflow, Resources, Workload } from './platform';
import { addIdentity, clusterOf, type Scope } from './scope';
import { resolveEgress, resolveEnv, resolvePlacement, resolveResources } from './workloads';

/** What a task has from the project, or from the Airflow, that it belongs to. */
export type TaskHome = Pick<
  Workload,
  'cluster' | 'namespace' | 'identity' | 'placement' | 'env' | 'egress' | 'runAs'
> & { readonly resources: Resources };

/** What the tasks of an Airflow are that are of no Meltano project; adds their identity. */
export function resolveTaskHome(scope: Scope, airflow: Airflow, config: AirflowConfig): TaskHome {
  const { tasks } = config;
  const origin: ConfigPath = ['airflow', airflow.key, 'tasks'];
  const namespace = tasks.namespace ?? airflow.namespace;
  if (tasks.namespace !== undefined) {
    scope.problems.reference(
      [...origin, 'namespace'],
      namespace,
      'namespace',
      ['namespaces'],
      scope.namespaces,
    );
  }
  const identity = addIdentity(scope, {
    key: `tasks-${airflow.key}`,
    displayName: `Runs the tasks of the Airflow ${airflow.key}`,
    projectRoles: [],
    kubernetes: { namespace, serviceAccount: tasks.serviceAccount ?? `tasks-${airflow.key}` },
    origin: airflow.origin,
  });
  const cluster = clusterOf(scope, namespace);
  return {
    cluster,
    namespace,
    identity,
    placement: resolvePlacement(scope, tasks.pool, [...origin, 'pool'], cluster),
    env: resolveEnv(scope, tasks.env, [...origin, 'env'], namespace, identity),
    egress: resolveEgress(scope, tasks.egress, origin),
    runAs: { user: 10001, group: 10001 },
    resources: resolveResources(undefined, { cpu: '500m', memory: '1Gi', ephemeralStorage: '2Gi' }),
  };
}
