import { Draws, type Gen, type Tree } from './draws';

/** What a pipeline may refer to. */
export interface PipelineSurroundings {
  readonly meltano: Readonly<Record<string, Tree>>;
  readonly airflow: Readonly<Record<string, Tree>>;
  /** Cluster of a namespace; of the only one where none is named. */
  readonly clusterOf: (namespace: string | undefined) => string;
}

/** Turns pipelines that CronJobs run into such that an Airflow runs, where there is one on their cluster. */
export class PipelineDraws extends Draws {
  constructor(
    g: Gen,
    longest: boolean,
    private readonly around: PipelineSurroundings,
  ) {
    super(g, longest);
  }

  /** The first stays as it is: an environment may remove it. */
  pipelines(declared: Readonly<Record<string, Tree>>): Record<string, Tree> {
    const before: { key: string; airflow: string }[] = [];
    return Object.fromEntries(
      Object.entries(declared).map(([key, pipeline], i) => {
        const airflow = i === 0 ? undefined : this.airflowFor(pipeline);
        if (airflow === undefined) return [key, pipeline];
        const others = before.filter((other) => other.airflow === airflow).map((other) => other.key);
        before.push({ key, airflow });
        return [key, this.dag(pipeline, airflow, others)];
      }),
    );
  }

  private airflowFor(pipeline: Tree): string | undefined {
    const project = this.around.meltano[pipeline.meltano as string];
    const cluster = this.around.clusterOf(project?.namespace as string | undefined);
    const there = Object.entries(this.around.airflow)
      // Airflow 2 reads one folder of DAGs.
      .filter(([, { version, dags }]) => version !== '2.11.2' || dags === undefined)
      .filter(([, { namespace }]) => this.around.clusterOf(namespace as string | undefined) === cluster)
      .map(([key]) => key);
    return there.length === 0 || this.flag() ? undefined : this.one(there);
  }

  private dag(pipeline: Tree, airflow: string, others: readonly string[]): Tree {
    const { schedule, run } = pipeline;
    const rest = Object.fromEntries(
      Object.entries(pipeline).filter(([key]) => !['cronJob', 'schedule', 'run'].includes(key)),
    );
    const dependsOn = others.length > 0 && this.flag() ? { dependsOn: [this.one(others)] } : { schedule };
    return {
      ...rest,
      ...(Object.values(dependsOn)[0] === undefined ? {} : dependsOn),
      airflow,
      ...this.maybe('kind', () => this.one([['extract', 'load'], ['transform'], ['metadata']])),
      ...this.maybe('tags', () => ['ümläut "x"', 'finance']),
      ...this.maybe('description', () => 'It\'s "quoted"\nand {{ no template }}'),
      ...this.maybe('owner', () => 'analytics'),
      ...this.maybe('startDate', () => '2024-02-29'),
      ...this.maybe('catchup', () => this.flag()),
      ...this.maybe('maxActiveRuns', () => this.number(1, 16)),
      ...this.maybe('deadlineSeconds', () => this.number(60, 86400)),
      ...this.maybe('deferrable', () => this.flag()),
      ...this.maybe('onFinishAction', () => this.one(['delete_pod', 'delete_succeeded_pod', 'keep_pod'])),
      ...this.maybe('xcom', () => this.flag()),
      ...this.maybe('retryDelaySeconds', () => this.number(1, 86400)),
      ...(this.flag() ? { run } : { tasks: this.tasks(run) }),
    };
  }

  private tasks(run: unknown): Tree {
    const image = 'ghcr.io/acme/dbt:1.0.0';
    const before: string[] = [];
    return this.record(1, 4, (key) => {
      const after = before.length > 0 && this.flag() ? { after: [this.one(before)] } : {};
      before.push(key);
      return {
        ...(this.flag() ? { run } : { command: ['dbt', 'build', '--vars', '{{ x: "$(y)" }}'], image }),
        ...after,
        ...this.maybe(this.one(['on', 'notOn']), () =>
          this.one(['first-sunday', 'last-friday', 'every-monday']),
        ),
        ...this.maybe('env', () => ({ MODEL: { variable: 'MODEL', default: '$(x) {{ "y" }}' } })),
      };
    });
  }
}
