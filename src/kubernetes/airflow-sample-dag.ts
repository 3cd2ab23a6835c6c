import { Construct } from 'constructs';
import { sampleDagFile } from './airflow-pod';
import { type ObjectProps, renderMetadata } from './labels';
import { hashed } from './names';
import { ConfigMap } from './plus';

/** A DAG for Airflow 3 that needs nothing: where it runs green, the platform works. */
const sampleDag = `"""Shows that this Airflow schedules, runs tasks and passes values between them."""

from datetime import datetime

from airflow.sdk import dag, task


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

/** The sample DAG, for an Airflow that is told of no others. */
export class AirflowSampleDag extends Construct {
  /** Name of the ConfigMap; a hash of its content is in it. */
  readonly configMap: string;

  constructor(scope: Construct, id: string, props: ObjectProps) {
    super(scope, id);
    this.configMap = hashed(props.name, sampleDag);
    new ConfigMap(this, 'Resource', {
      metadata: renderMetadata({ ...props, name: this.configMap }),
      data: { [sampleDagFile]: sampleDag },
      immutable: true,
    });
  }
}
