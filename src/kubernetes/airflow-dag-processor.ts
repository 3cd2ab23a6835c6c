import { Construct } from 'constructs';
import { jobProbes, renderAirflowPod } from './airflow-pod';
import type { AirflowProps } from './airflow-props';
import { Deployment } from './deployment';
import { selectorLabels } from './labels';
import { PodDisruptionBudget } from './pod-disruption-budget';

/** Airflow's dag-processor, which reads the DAG files into the database. */
export class AirflowDagProcessor extends Construct {
  constructor(scope: Construct, id: string, props: AirflowProps) {
    super(scope, id);
    const { name, namespace, labels } = props;
    const selector = selectorLabels(labels);
    new PodDisruptionBudget(this, 'Budget', { name, namespace, labels, selector });
    new Deployment(this, 'Deployment', {
      name,
      namespace,
      labels,
      replicas: 1,
      strategy: 'RollingUpdate',
      selector,
      template: renderAirflowPod(props, {
        part: 'dag-processor',
        command: ['airflow', 'dag-processor'],
        readsDags: true,
        waitsForMigrations: true,
        probes: jobProbes('DagProcessorJob'),
        terminationGracePeriodSeconds: 60,
        restartPolicy: 'Always',
      }),
    });
  }
}
