import type { Construct } from 'constructs';
import { AirflowPipelineFiles } from '../src/kubernetes/airflow-pipelines-files';
import { instanceLabels } from '../src/kubernetes/labels';
import { NetworkPolicy } from '../src/kubernetes/network-policy';
import type { Airflow, AirflowPipelines } from '../src/model/platform';
import { pipelineFilesOf, taskApp } from './airflow-files';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';
import { workloadEgress } from './translate';

/** The pipelines of an Airflow: the files that it makes DAGs of, and what their pods may reach. */
export class PipelinesChart extends PlatformChart {
  constructor(
    scope: Construct,
    props: PlatformChartProps & { readonly airflow: Airflow; readonly pipelines: AirflowPipelines },
  ) {
    const { airflow, pipelines } = props;
    super(scope, `45-pipelines-${airflow.key}`, props);
    tagOrigin(this, pipelines.origin);
    const labels = this.instanceLabels('airflow', airflow.key, 'pipelines');
    new AirflowPipelineFiles(this, 'files', {
      namespace: airflow.namespace,
      labels,
      files: pipelineFilesOf(this.platform, pipelines),
    });
    const { tasks } = pipelines;
    if (tasks === null) return;
    // Tasks of a Meltano project are under the policy of the project.
    new NetworkPolicy(this, 'tasks', {
      name: tasks.identity.key,
      namespace: tasks.namespace,
      labels: this.instanceLabels(taskApp, airflow.key, 'network-policy'),
      podSelector: instanceLabels({ app: taskApp, instance: airflow.key }),
      egress: workloadEgress(this.platform, { database: null, egress: tasks.egress }),
    });
  }
}
