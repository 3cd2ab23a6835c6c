import type { Construct } from 'constructs';
import { airflowPorts, type AirflowProps, jobProbes, renderAirflowPod } from './airflow-pod';
import { Deployment } from './deployment';
import { selectorLabels } from './labels';

/** Airflow's triggerer, which waits for many tasks at once. */
export class AirflowTriggerer extends Deployment {
  constructor(scope: Construct, id: string, props: AirflowProps) {
    super(scope, id, {
      name: props.name,
      namespace: props.namespace,
      labels: props.labels,
      replicas: 1,
      strategy: 'RollingUpdate',
      selector: selectorLabels(props.labels),
      template: renderAirflowPod(props, {
        command: ['triggerer'],
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
