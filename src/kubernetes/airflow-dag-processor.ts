import type { Construct } from 'constructs';
import { type AirflowProps, jobProbes, renderAirflowPod } from './airflow-pod';
import { Deployment } from './deployment';
import { selectorLabels } from './labels';

/** Airflow's dag-processor, which reads the DAG files into the database. */
export class AirflowDagProcessor extends Deployment {
  constructor(scope: Construct, id: string, props: AirflowProps) {
    super(scope, id, {
      name: props.name,
      namespace: props.namespace,
      labels: props.labels,
      replicas: 1,
      strategy: 'RollingUpdate',
      selector: selectorLabels(props.labels),
      template: renderAirflowPod(props, {
        command: ['dag-processor'],
        readsDags: true,
        waitsForMigrations: true,
        probes: jobProbes('DagProcessorJob'),
        terminationGracePeriodSeconds: 60,
        restartPolicy: 'Always',
      }),
    });
  }
}
