import { Construct } from 'constructs';
import { renderAirflowPod, settingsFile } from './airflow-pod';
import { airflowFolders, airflowPorts } from './airflow-ports';
import type { AirflowProps } from './airflow-props';
import { Deployment } from './deployment';
import { HorizontalPodAutoscaler } from './horizontal-pod-autoscaler';
import { selectorLabels } from './labels';
import { PodDisruptionBudget } from './pod-disruption-budget';
import { Service } from './service';

export interface AirflowApiServerProps extends AirflowProps {
  readonly replicas: number;
  /** Scales it by its CPU in the place of `replicas`. @default - a fixed number */
  readonly scaling?: { readonly min: number; readonly max: number; readonly cpuPercent: number };
  /** Annotations of its Service, for a load balancer before it. @default - none */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
}

/** Path by which a load balancer is told whether it is well, without a login. */
export function airflowHealthPath(release: AirflowProps['release']): string {
  return release === '2.11' ? '/health' : '/api/v2/monitor/health';
}

/**
 * Airflow's api-server and its Service: web interface, REST API, and the API that running tasks talk to. Airflow 2 calls
 * it webserver, and its tasks talk to the database instead.
 */
export class AirflowApiServer extends Construct {
  constructor(scope: Construct, id: string, props: AirflowApiServerProps) {
    super(scope, id);
    const { scaling } = props;
    const selector = selectorLabels(props.labels);
    new Service(this, 'Service', {
      name: props.apiService,
      namespace: props.namespace,
      labels: props.labels,
      selector,
      ports: { http: airflowPorts.api },
      ...(props.serviceAnnotations === undefined ? {} : { annotations: props.serviceAnnotations }),
    });
    new PodDisruptionBudget(this, 'Budget', { ...objectOf(props), selector });
    if (scaling !== undefined) {
      new HorizontalPodAutoscaler(this, 'Autoscaler', {
        ...objectOf(props),
        deployment: props.name,
        minReplicas: scaling.min,
        maxReplicas: scaling.max,
        cpuPercent: scaling.cpuPercent,
      });
    }
    new Deployment(this, 'Deployment', {
      ...objectOf(props),
      ...(scaling === undefined ? { replicas: props.replicas } : {}),
      strategy: 'RollingUpdate',
      selector,
      template: renderAirflowPod(props, {
        part: 'api-server',
        ...serverOf(props),
        ports: { http: airflowPorts.api },
        ...(props.webserverConfig === undefined
          ? {}
          : {
              secretFiles: props.webserverConfig.secrets,
              mounts: [
                settingsFile(
                  'webserver-config',
                  airflowFolders.webserverConfig,
                  props.webserverConfig.configMap,
                ),
              ],
            }),
        readsDags: false,
        waitsForMigrations: true,
        terminationGracePeriodSeconds: 60,
        restartPolicy: 'Always',
      }),
    });
  }
}

function objectOf({ name, namespace, labels }: AirflowProps) {
  return { name, namespace, labels };
}

/** What differs between the releases: the command, its variables, and where its health is told. */
function serverOf({ release, baseUrl }: AirflowProps) {
  // From Airflow 3 on one that does not ask the database: a database that is away is no reason to restart the server.
  const alivePath = release === '2.11' ? '/health' : '/api/v2/version';
  const health = { kind: 'http', path: airflowHealthPath(release), port: airflowPorts.api } as const;
  const alive = { kind: 'http', path: alivePath, port: airflowPorts.api } as const;
  const probes = {
    startup: { check: health, periodSeconds: 5, failureThreshold: 60 },
    liveness: { check: alive, periodSeconds: 20, failureThreshold: 5, timeoutSeconds: 15 },
    readiness: { check: health, periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 15 },
  };
  const port = `--port=${airflowPorts.api}`;
  if (release === '2.11') {
    return {
      command: ['airflow', 'webserver', port],
      // Four, Airflow's own number, do not fit into the memory; more pods do more for it.
      env: [{ name: 'AIRFLOW__WEBSERVER__WORKERS', value: '2' }],
      probes,
    };
  }
  return {
    command: ['airflow', 'api-server', port, ...(baseUrl === undefined ? [] : ['--proxy-headers'])],
    // Only the load balancer and Airflow's own pods get through the network policies to it.
    env: baseUrl === undefined ? [] : [{ name: 'FORWARDED_ALLOW_IPS', value: '*' }],
    probes,
  };
}
