import type { Construct } from 'constructs';
import { AirflowApiServer } from '../src/kubernetes/airflow-api-server';
import { AirflowDagProcessor } from '../src/kubernetes/airflow-dag-processor';
import { AirflowMigrationJob } from '../src/kubernetes/airflow-migration-job';
import type { AirflowDags, AirflowProps } from '../src/kubernetes/airflow-pod';
import { AirflowSampleDag } from '../src/kubernetes/airflow-sample-dag';
import { AirflowScheduler } from '../src/kubernetes/airflow-scheduler';
import { AirflowTriggerer } from '../src/kubernetes/airflow-triggerer';
import type { Airflow } from '../src/model/platform';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';
import { serviceAccountOf, toPodPlacement, toProxy } from './translate';

/** The components of an Airflow, as its labels and its resources call them. */
const components = {
  'api-server': 'apiServer',
  scheduler: 'scheduler',
  'dag-processor': 'dagProcessor',
  triggerer: 'triggerer',
  // It imports no DAGs and runs once; the scheduler's measure is enough.
  migrate: 'scheduler',
} as const;

/** An Airflow: its migration, and a Deployment for each component. */
export class AirflowChart extends PlatformChart {
  constructor(scope: Construct, props: PlatformChartProps & { readonly airflow: Airflow }) {
    const { airflow } = props;
    super(scope, `50-airflow-${airflow.key}`, props);
    tagOrigin(this, airflow.origin);
    const dags = this.dagsOf(airflow);
    const component = (name: keyof typeof components): AirflowProps =>
      this.componentProps(airflow, name, dags);
    const { name: migration, ...migrate } = component('migrate');
    new AirflowMigrationJob(this, 'migration', {
      ...migrate,
      namePrefix: migration,
      version: airflow.version,
    });
    new AirflowApiServer(this, 'api-server', {
      ...component('api-server'),
      replicas: airflow.replicas.apiServer,
    });
    new AirflowScheduler(this, 'scheduler', {
      ...component('scheduler'),
      replicas: airflow.replicas.scheduler,
    });
    new AirflowDagProcessor(this, 'dag-processor', component('dag-processor'));
    new AirflowTriggerer(this, 'triggerer', component('triggerer'));
  }

  private dagsOf(airflow: Airflow): AirflowDags {
    if (airflow.dags.kind === 'git') {
      return { ...airflow.dags, image: airflow.gitSyncImage.reference };
    }
    const sample = new AirflowSampleDag(this, 'sample-dag', {
      name: `airflow-${airflow.key}-sample-dag`,
      namespace: airflow.namespace,
      labels: this.instanceLabels('airflow', airflow.key, 'sample-dag'),
    });
    return { kind: 'sample', configMap: sample.configMap };
  }

  private componentProps(
    airflow: Airflow,
    component: keyof typeof components,
    dags: AirflowDags,
  ): AirflowProps {
    return {
      name: `airflow-${airflow.key}-${component}`,
      namespace: airflow.namespace,
      labels: this.instanceLabels('airflow', airflow.key, component),
      image: airflow.image.reference,
      runAs: airflow.runAs,
      serviceAccount: serviceAccountOf(airflow.identity),
      placement: toPodPlacement(airflow.placement),
      env: airflow.env,
      secretDelivery: this.platform.secretDelivery,
      proxy: toProxy(airflow.database),
      connectionUrl: airflow.connectionUrl,
      keys: {
        secret: airflow.keys.key,
        fernetKey: 'fernet-key',
        jwtSecret: 'jwt-secret',
        apiSecretKey: 'api-secret-key',
      },
      apiService: `airflow-${airflow.key}-api-server`,
      logsUri: airflow.logsUri,
      parallelism: airflow.parallelism,
      dags,
      resources: airflow.resources[components[component]],
    };
  }
}
