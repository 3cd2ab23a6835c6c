import { Construct } from 'constructs';
import { airflowPorts, type AirflowProps, renderAirflowPod } from './airflow-pod';
import { Deployment } from './deployment';
import { selectorLabels } from './labels';
import { Service } from './service';

export interface AirflowApiServerProps extends AirflowProps {
  readonly replicas: number;
}

/** Airflow's api-server and its Service: web interface, REST API, and the API that running tasks talk to. */
export class AirflowApiServer extends Construct {
  constructor(scope: Construct, id: string, props: AirflowApiServerProps) {
    super(scope, id);
    const selector = selectorLabels(props.labels);
    const health = { kind: 'http', path: '/api/v2/monitor/health', port: airflowPorts.api } as const;
    // Does not ask the database: a database that is away is no reason to restart the server.
    const alive = { kind: 'http', path: '/api/v2/version', port: airflowPorts.api } as const;
    new Service(this, 'Service', {
      name: props.apiService,
      namespace: props.namespace,
      labels: props.labels,
      selector,
      ports: { http: airflowPorts.api },
    });
    new Deployment(this, 'Deployment', {
      name: props.name,
      namespace: props.namespace,
      labels: props.labels,
      replicas: props.replicas,
      strategy: 'RollingUpdate',
      selector,
      template: renderAirflowPod(props, {
        command: ['api-server', `--port=${airflowPorts.api}`],
        ports: { http: airflowPorts.api },
        readsDags: false,
        waitsForMigrations: true,
        probes: {
          startup: { check: health, periodSeconds: 5, failureThreshold: 60 },
          liveness: { check: alive, periodSeconds: 20, failureThreshold: 5, timeoutSeconds: 15 },
          readiness: { check: health, periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 15 },
        },
        terminationGracePeriodSeconds: 60,
        restartPolicy: 'Always',
      }),
    });
  }
}
