import { Construct } from 'constructs';
import { renderAirflowPod, settingsFile } from './airflow-pod';
import { airflowFolders, airflowPorts } from './airflow-ports';
import type { AirflowProps } from './airflow-props';
import { Deployment } from './deployment';
import { selectorLabels } from './labels';
import { PodDisruptionBudget } from './pod-disruption-budget';

export interface AirflowSchedulerProps extends AirflowProps {
  /** More than one share the work and stand in for each other. */
  readonly replicas: number;
}

/** Airflow's scheduler; with the LocalExecutor the tasks run in its pods. */
export class AirflowScheduler extends Construct {
  constructor(scope: Construct, id: string, props: AirflowSchedulerProps) {
    super(scope, id);
    const { name, namespace, labels } = props;
    const local = props.executor === 'LocalExecutor';
    const check = { kind: 'http', path: '/health', port: airflowPorts.schedulerHealth } as const;
    const selector = selectorLabels(labels);
    new PodDisruptionBudget(this, 'Budget', { name, namespace, labels, selector });
    new Deployment(this, 'Deployment', {
      name,
      namespace,
      labels,
      replicas: props.replicas,
      strategy: 'RollingUpdate',
      // A rollout waits for the tasks of each pod that it replaces.
      ...(local ? { progressDeadlineSeconds: 900 + props.drainSeconds } : {}),
      selector,
      template: renderAirflowPod(props, {
        part: 'scheduler',
        command: ['airflow', 'scheduler'],
        ports: {
          ...(local ? { 'task-logs': airflowPorts.taskLogs } : {}),
          health: airflowPorts.schedulerHealth,
        },
        env: [
          { name: 'AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK', value: 'True' },
          {
            name: 'AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT',
            value: String(airflowPorts.schedulerHealth),
          },
        ],
        mounts:
          props.podTemplate === undefined
            ? []
            : [settingsFile('pod-template', airflowFolders.podTemplate, props.podTemplate)],
        readsDags: true,
        waitsForMigrations: true,
        probes: {
          startup: { check, periodSeconds: 5, failureThreshold: 60 },
          liveness: { check, periodSeconds: 30, failureThreshold: 5, timeoutSeconds: 15 },
          readiness: { check, periodSeconds: 30, failureThreshold: 3, timeoutSeconds: 15 },
        },
        // It begins nothing new after SIGTERM, and ends when its tasks have. Pods of the KubernetesExecutor run on, and
        // the next scheduler takes them over.
        terminationGracePeriodSeconds: local ? props.drainSeconds : 60,
        restartPolicy: 'Always',
        // Moving the pod to save a node would end the tasks in it.
        keepsNode: local,
      }),
    });
  }
}
