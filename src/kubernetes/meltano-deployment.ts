import type { Construct } from 'constructs';
import type { Probe } from './container';
import { Deployment } from './deployment';
import { renderLabels, selectorLabels } from './labels';
import { type MeltanoPodProps, renderMeltanoPod } from './meltano-pod';

export interface MeltanoDeploymentProps extends MeltanoPodProps {
  /** What it runs, for example `meltano invoke airflow scheduler`. */
  readonly command: readonly string[];
  /**
   * What runs to its end before it starts, for example the migration of Airflow's database.
   * @default - `meltano invoke airflow db migrate` before Airflow's scheduler, nothing before anything else
   */
  readonly prepare?: readonly string[];
  /**
   * Labels of the pods that the Deployment selects by. Changing this recreates the Deployment.
   * @default - the recommended labels
   */
  readonly selector?: Readonly<Record<string, string>>;
}

/** The scheduler ends at once where its database has not the tables of its version. */
const migrate = ['meltano', 'invoke', 'airflow', 'db', 'migrate'];

/** Port of the health check of Airflow's scheduler. */
const airflowHealthPort = 8974;

/**
 * The scheduler embedded in a Meltano project: always one pod, and never two at once, since two would start every
 * pipeline twice and spoil its bookmarks.
 *
 * Where it is Airflow's scheduler, its own health check is switched on and probed: a scheduler that hangs is
 * restarted.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/logging-monitoring/check-health.html
 */
export class MeltanoDeployment extends Deployment {
  constructor(scope: Construct, id: string, props: MeltanoDeploymentProps) {
    const selector = props.selector ?? selectorLabels(props.labels);
    const airflow = props.command.includes('airflow') && props.command.includes('scheduler');
    const prepare = props.prepare ?? (airflow ? migrate : []);
    super(scope, id, {
      name: props.name,
      namespace: props.namespace,
      labels: props.labels,
      replicas: 1,
      strategy: 'Recreate',
      selector,
      template: renderMeltanoPod(
        { ...props, env: airflow ? withScheduler(props.env) : props.env },
        { command: props.command, ...(airflow ? { ports: { health: airflowHealthPort }, ...probes() } : {}) },
        {
          labels: { ...renderLabels(props.labels), ...selector },
          restartPolicy: 'Always',
          ...(prepare.length === 0 ? {} : { prepare }),
          // Runs that are under way may write their bookmarks.
          terminationGracePeriodSeconds: 120,
        },
      ),
    });
  }
}

/** What Airflow's scheduler needs to be probed, and to log although its home cannot be written. */
function withScheduler(env: MeltanoDeploymentProps['env']): MeltanoDeploymentProps['env'] {
  const logs = '/tmp/airflow/logs';
  const defaults = [
    { name: 'AIRFLOW__LOGGING__BASE_LOG_FOLDER', value: logs },
    {
      name: 'AIRFLOW__LOGGING__DAG_PROCESSOR_MANAGER_LOG_LOCATION',
      value: `${logs}/dag_processor_manager.log`,
    },
    { name: 'AIRFLOW__SCHEDULER__CHILD_PROCESS_LOG_DIRECTORY', value: `${logs}/scheduler` },
  ];
  const probed = [
    { name: 'AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK', value: 'True' },
    { name: 'AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT', value: String(airflowHealthPort) },
  ];
  return [...new Map([...defaults, ...env, ...probed].map((variable) => [variable.name, variable])).values()];
}

function probes(): { startupProbe: Probe; livenessProbe: Probe; readinessProbe: Probe } {
  const check = { kind: 'http', path: '/health', port: airflowHealthPort } as const;
  return {
    // Meltano prepares its plugins first.
    startupProbe: { check, periodSeconds: 10, failureThreshold: 60 },
    livenessProbe: { check, periodSeconds: 30, failureThreshold: 5, timeoutSeconds: 10 },
    readinessProbe: { check, periodSeconds: 30, failureThreshold: 3, timeoutSeconds: 10 },
  };
}
