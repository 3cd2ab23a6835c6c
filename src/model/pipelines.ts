import type { PipelineConfig } from '../config/schema/pipelines';
import type { ConfigPath } from '../config/problem';
import { fit, limits } from './names';
import type { EnvVar, Meltano, Pipeline } from './platform';
import { type Scope, sortedEntries } from './scope';
import { mergeEnv, resolveEnv, resolvePlacement, resolveResources, secretsOf } from './workloads';

export function resolvePipelines(scope: Scope, projects: ReadonlyMap<string, Meltano>): Pipeline[] {
  return sortedEntries(scope.config.pipelines).flatMap(([key, config]) => {
    const path = ['pipelines', key, 'meltano'];
    const project = scope.problems.reference(path, config.meltano, 'Meltano project', ['meltano'], projects);
    return project === undefined ? [] : [resolvePipeline(scope, key, config, project)];
  });
}

function resolvePipeline(scope: Scope, key: string, config: PipelineConfig, project: Meltano): Pipeline {
  const origin: ConfigPath = ['pipelines', key];
  const own = resolveEnv(scope, config.env, [...origin, 'env'], project.namespace, project.identity);
  const env: readonly EnvVar[] = own.length === 0 ? project.env : mergeEnv(project.env, own);
  const asked = config.resources;
  return {
    key,
    cluster: project.cluster,
    namespace: project.namespace,
    identity: project.identity,
    image: project.image,
    runAs: project.runAs,
    placement:
      config.pool === undefined
        ? project.placement
        : resolvePlacement(scope, config.pool, [...origin, 'pool'], project.cluster),
    env,
    egress: project.egress,
    secrets: own.length === 0 ? project.secrets : secretsOf(scope, env),
    meltano: project.key,
    name: fit(limits.cronJob, key),
    directory: project.directory,
    run: config.run.split(' '),
    schedule: config.schedule ?? null,
    timeZone: config.timeZone,
    timeoutSeconds: config.timeoutSeconds,
    retries: config.retries,
    suspended: config.suspended,
    database: project.database,
    stateUri: project.stateUri,
    resources:
      asked === undefined
        ? project.resources
        : resolveResources(asked, {
            cpu: project.resources.requests.cpu ?? '500m',
            memory: project.resources.requests.memory ?? '1Gi',
            ephemeralStorage: project.resources.requests['ephemeral-storage'] ?? '2Gi',
          }),
    origin,
  };
}
