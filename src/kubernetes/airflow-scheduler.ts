import type { Construct } from 'constructs';
import { airflowPorts, type AirflowProps, renderAirflowPod } from './airflow-pod';
import { Deployment } from './deployment';
import { selectorLabels } from './labels';

export interface AirflowSchedulerProps extends AirflowProps {
  /** More than one share the work and stand in for each other. */
  readonly replicas: number;
}

/** Airflow's scheduler; with the LocalExecutor the tasks run in its pods. */
export class AirflowScheduler extends Deployment {
  constructor(scope: Construct, id: string, props: AirflowSchedulerProps) {
    const check = { kind: 'http', path: '/health', port: airflowPorts.schedulerHealth } as const;
    super(scope, id, {
      name: props.name,
      namespace: props.namespace,
      labels: props.labels,
      replicas: props.replicas,
      strategy: 'RollingUpdate',
      selector: selectorLabels(props.labels),
      template: renderAirflowPod(props, {
        command: ['scheduler'],
        ports: { 'task-logs': airflowPorts.taskLogs, health: airflowPorts.schedulerHealth },
        env: [
          { name: 'AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK', value: 'True' },
          {
            name: 'AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT',
            value: String(airflowPorts.schedulerHealth),
          },
        ],
        readsDags: true,
        waitsForMigrations: true,
        probes: {
          startup: { check, periodSeconds: 5, failureThreshold: 60 },
          liveness: { check, periodSeconds: 30, failureThreshold: 5, timeoutSeconds: 15 },
          readiness: { check, periodSeconds: 30, failureThreshold: 3, timeoutSeconds: 15 },
        },
        // Tasks that run in the pod may end.
        terminationGracePeriodSeconds: 600,
        restartPolicy: 'Always',
        // Moving the pod to save a node would end the tasks in it.
        keepsNode: true,
      }),
    });
  }
}
