import type { ConfigPath } from '../config/problem';
import type { PipelineConfig } from '../config/schema/pipelines';
import type { Airflow } from './platform';
import { type Scope, sortedEntries } from './scope';

type Entry = readonly [key: string, config: PipelineConfig];

/**
 * The pipelines of another Airflow as one has them that tries them out: by hand, each for itself, on the node pool of
 * its own tasks, with nobody told, and with the Meltano projects that stand in for theirs.
 */
export function testedPipelines(scope: Scope, airflow: Airflow, all: readonly Entry[]): Entry[] {
  const tested = scope.config.airflow[airflow.key]?.tests;
  if (tested === undefined) return [];
  const path: ConfigPath = ['airflow', airflow.key, 'tests'];
  const others = new Map(sortedEntries(scope.config.airflow).filter(([key]) => key !== airflow.key));
  if (scope.problems.reference(path, tested, 'other Airflow', ['airflow'], others) === undefined) return [];
  const namespace = scope.config.airflow[airflow.key]?.tasks.namespace ?? airflow.namespace;
  const standIns = new Map<string, string | undefined>();
  const standIn = (project: string): string | undefined => {
    if (!standIns.has(project)) standIns.set(project, findStandIn(scope, project, namespace, path));
    return standIns.get(project);
  };
  const pools = new Set(Object.keys(scope.config.airflow[airflow.key]?.pools ?? {}));
  const asTested = <T extends TaskLike>(task: T): T => ({
    ...task,
    pool: undefined,
    meltano: task.meltano === undefined ? undefined : (standIn(task.meltano) ?? task.meltano),
    airflowPool: pools.has(task.airflowPool ?? '') ? task.airflowPool : undefined,
  });
  return all
    .filter(([, { airflow: name }]) => name === tested)
    .map(([key, pipeline]) => [
      key,
      {
        ...asTested(pipeline),
        schedule: undefined,
        dependsOn: undefined,
        alerts: undefined,
        catchup: false,
        tasks:
          pipeline.tasks === undefined
            ? undefined
            : Object.fromEntries(
                sortedEntries(pipeline.tasks).map(([name, task]) => [name, asTested(task)] as const),
              ),
      },
    ]);
}

interface TaskLike {
  readonly pool?: string | undefined;
  readonly meltano?: string | undefined;
  readonly airflowPool?: string | undefined;
}

/** The project in the namespace of the tests that stands in for another. */
function findStandIn(scope: Scope, project: string, namespace: string, path: ConfigPath): string | undefined {
  const found = sortedEntries(scope.config.meltano).filter(([, config]) => config.standsInFor === project);
  const here = found.filter(([, config]) => (config.namespace ?? namespace) === namespace);
  const [only, another] = here;
  if (only !== undefined && another === undefined) return only[0];
  scope.problems.add({
    path,
    message:
      only === undefined
        ? `no Meltano project of the namespace '${namespace}' stands in for '${project}', whose bookmarks a test would move`
        : `several Meltano projects of the namespace '${namespace}' stand in for '${project}'`,
    found: here.length === 0 ? project : here.map(([key]) => key).join(', '),
    allowed: 'one Meltano project for each that the pipelines name',
    fix: `declare meltano.${project}-testing: { namespace: ${namespace}, standsInFor: ${project} }`,
    dependsOn: [['meltano']],
  });
  return undefined;
}
