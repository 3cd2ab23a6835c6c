import { Construct } from 'constructs';
import { sampleDagFile } from './airflow-dags';
import type { AirflowProps } from './airflow-props';
import { type ObjectProps, renderMetadata } from './labels';
import { hashed } from './names';
import { ConfigMap } from './plus';

/**
 * A DAG that needs nothing: where it runs green, the platform works.
 * @param authoring the module that `dag` and `task` are in
 */
const sampleDag = (
  authoring: string,
): string => `"""Shows that this Airflow schedules, runs tasks and passes values between them."""

from datetime import datetime

from ${authoring} import dag, task


@dag(
    schedule="@daily",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    tags=["tapline"],
    doc_md=__doc__,
)
def tapline_sample():
    @task
    def extract() -> list[int]:
        return [1, 2, 3]

    @task
    def load(rows: list[int]) -> int:
        print(f"loaded {len(rows)} rows")
        return len(rows)

    load(extract())


tapline_sample()
`;

export interface AirflowSampleDagProps extends ObjectProps {
  readonly release: AirflowProps['release'];
}

/** The sample DAG, for an Airflow that is told of no others. */
export class AirflowSampleDag extends Construct {
  /** Name of the ConfigMap; a hash of its content is in it. */
  readonly configMap: string;

  constructor(scope: Construct, id: string, props: AirflowSampleDagProps) {
    super(scope, id);
    const text = sampleDag(props.release === '2.11' ? 'airflow.decorators' : 'airflow.sdk');
    this.configMap = hashed(props.name, text);
    new ConfigMap(this, 'Resource', {
      metadata: renderMetadata({ ...props, name: this.configMap }),
      data: { [sampleDagFile]: text },
      immutable: true,
    });
  }
}
