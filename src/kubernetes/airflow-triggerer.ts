import { Construct } from 'constructs';
import { jobProbes, renderAirflowPod } from './airflow-pod';
import { airflowPorts } from './airflow-ports';
import type { AirflowProps } from './airflow-props';
import { Deployment } from './deployment';
import { selectorLabels } from './labels';
import { PodDisruptionBudget } from './pod-disruption-budget';

/** Airflow's triggerer, which waits for many tasks at once. */
export class AirflowTriggerer extends Construct {
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
        part: 'triggerer',
        command: ['airflow', 'triggerer'],
        ports: { 'trigger-logs': airflowPorts.triggerLogs },
        // Triggers and callbacks may be defined beside the DAGs.
        readsDags: true,
        waitsForMigrations: true,
        probes: jobProbes('TriggererJob'),
        terminationGracePeriodSeconds: 60,
        restartPolicy: 'Always',
      }),
    });
  }
}
