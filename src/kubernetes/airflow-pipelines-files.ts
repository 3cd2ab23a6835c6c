import { Construct } from 'constructs';
import { type PipelineFiles } from './airflow-pipelines-document';
import { type AppLabels, renderMetadata } from './labels';
import { ConfigMap } from './plus';

export interface AirflowPipelineFilesProps {
  readonly namespace: string;
  readonly labels: AppLabels;
  readonly files: readonly PipelineFiles[];
}

/**
 * The ConfigMaps with the pipelines of an Airflow and the code that makes DAGs of them. They keep their names, so that a
 * change reaches the pods within a minute or two, and none is replaced.
 */
export class AirflowPipelineFiles extends Construct {
  constructor(scope: Construct, id: string, props: AirflowPipelineFilesProps) {
    super(scope, id);
    for (const { configMap, data } of props.files) {
      new ConfigMap(this, configMap, {
        metadata: renderMetadata({ name: configMap, namespace: props.namespace, labels: props.labels }),
        data,
      });
    }
  }
}
