import type { Construct } from 'constructs';
import { AirflowApiServer } from '../src/kubernetes/airflow-api-server';
import { AirflowDagProcessor } from '../src/kubernetes/airflow-dag-processor';
import type { AirflowDags } from '../src/kubernetes/airflow-dags';
import { AirflowMigrationJob } from '../src/kubernetes/airflow-migration-job';
import { AirflowPgbouncer } from '../src/kubernetes/airflow-pgbouncer';
import { AirflowPodTemplate } from '../src/kubernetes/airflow-pod-template';
import type { AirflowProps } from '../src/kubernetes/airflow-props';
import { AirflowProvisionJob } from '../src/kubernetes/airflow-provision-job';
import { AirflowSampleDag } from '../src/kubernetes/airflow-sample-dag';
import { AirflowScheduler } from '../src/kubernetes/airflow-scheduler';
import { AirflowStatsd } from '../src/kubernetes/airflow-statsd';
import { AirflowTriggerer } from '../src/kubernetes/airflow-triggerer';
import { AirflowWebserverConfig } from '../src/kubernetes/airflow-webserver-config';
import type { ObjectProps } from '../src/kubernetes/labels';
import { PodMakerRole } from '../src/kubernetes/pod-maker-role';
import { SharedVolumeClaim } from '../src/kubernetes/shared-volume-claim';
import type { Airflow } from '../src/model/platform';
import {
  type AirflowComponentName,
  airflowName,
  airflowProps,
  type AirflowShared,
  pipelinesOf,
  podNamespacesOf,
  serverOf,
} from './airflow-props';
import { backendConfigOf } from './ingress-chart';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';
import { serviceAccountOf, toPodPlacement, toProxy } from './translate';

/** An Airflow: its migration, its roles and pools, and a Deployment for each component. */
export class AirflowChart extends PlatformChart {
  private readonly airflow: Airflow;

  constructor(scope: Construct, props: PlatformChartProps & { readonly airflow: Airflow }) {
    const { airflow } = props;
    super(scope, `50-airflow-${airflow.key}`, props);
    tagOrigin(this, airflow.origin);
    this.airflow = airflow;
    const shared = this.addShared();
    this.addRoles();
    this.addJobs(shared);
    this.addPgbouncer();
    this.addStatsd();
    const server = this.propsOf('api-server', shared);
    new AirflowApiServer(this, 'api-server', {
      ...server,
      ...this.objectProps(serverOf(airflow)),
      replicas: airflow.replicas.apiServer,
      ...(airflow.apiServerScaling === null ? {} : { scaling: airflow.apiServerScaling }),
      ...this.loadBalanced(),
    });
    new AirflowScheduler(this, 'scheduler', {
      ...this.propsOf('scheduler', shared),
      replicas: airflow.replicas.scheduler,
    });
    new AirflowDagProcessor(this, 'dag-processor', this.propsOf('dag-processor', shared));
    new AirflowTriggerer(this, 'triggerer', this.propsOf('triggerer', shared));
  }

  /** What an Ingress of GKE reads on the Service: that it leads to the pods themselves, and how it treats them. */
  private loadBalanced(): { readonly serviceAnnotations?: Readonly<Record<string, string>> } {
    const { airflow, platform } = this;
    if (airflow.host === null || platform.ingress?.way.kind !== 'gke') return {};
    return {
      serviceAnnotations: {
        'cloud.google.com/backend-config': JSON.stringify({ default: backendConfigOf(airflow) }),
        'cloud.google.com/neg': JSON.stringify({ ingress: true }),
      },
    };
  }

  /** ConfigMaps and volumes that the components mount. */
  private addShared(): AirflowShared {
    const { logs, auth, worker } = this.airflow;
    if (logs.kind === 'volume') {
      new SharedVolumeClaim(this, 'logs', {
        ...this.objectProps('logs'),
        storageClass: logs.storageClass,
        sizeGi: logs.sizeGi,
      });
    }
    const dags = this.dags();
    const webserverConfig =
      auth.oauth === null
        ? undefined
        : new AirflowWebserverConfig(this, 'webserver-config', {
            ...this.objectProps('webserver-config'),
            ...auth.oauth,
          });
    const shared = { dags, ...(webserverConfig === undefined ? {} : { webserverConfig }) };
    if (worker === null) return shared;
    const template = new AirflowPodTemplate(this, 'pod-template', {
      ...this.objectProps('pod-template'),
      worker: this.propsOf('worker', shared),
    });
    return { ...shared, podTemplate: template.configMap };
  }

  private dags(): AirflowDags {
    const { dags, gitSyncImage } = this.airflow;
    switch (dags.kind) {
      case 'git':
        return { ...dags, image: gitSyncImage.reference };
      case 'image':
        return dags;
      case 'bundles':
        return {
          kind: 'bundles',
          bundles: dags.bundles.map(({ key, ssh, connection, ...bundle }) => ({
            ...bundle,
            name: key,
            ...(ssh === null ? {} : { ssh }),
            ...(connection === null ? {} : { connection }),
          })),
        };
      case 'sample': {
        const sample = new AirflowSampleDag(this, 'sample-dag', {
          ...this.objectProps('sample-dag'),
          release: this.airflow.release,
        });
        return { kind: 'sample', configMap: sample.configMap };
      }
    }
  }

  /** The migration, and what gives the Airflow its roles, people and pools. */
  private addJobs(shared: AirflowShared): void {
    const { airflow } = this;
    const { name: migration, ...migrate } = this.propsOf('migrate', shared);
    new AirflowMigrationJob(this, 'migration', {
      ...migrate,
      namePrefix: migration,
      version: airflow.version,
    });
    const { roles, users } = airflow.auth;
    const pools = pipelinesOf(this.platform, airflow)?.pools ?? [];
    if (roles.length + users.length + pools.length === 0) return;
    const { name: namePrefix, ...provision } = this.propsOf('provision', shared);
    new AirflowProvisionJob(this, 'provision', { ...provision, namePrefix, roles, users, pools });
  }

  /** Rights on pods: of the executor in its own namespace, of tasks where they make pods. */
  private addRoles(): void {
    const { airflow } = this;
    const { namespace: home } = airflow;
    const components = serviceAccountOf(airflow.identity);
    // The triggerer, which waits for pods of tasks that are deferred, is one of the components.
    const makers = new Set([
      components,
      ...(airflow.worker === null ? [] : [serviceAccountOf(airflow.worker.identity)]),
    ]);
    if (airflow.executor === 'KubernetesExecutor') {
      new PodMakerRole(this, 'executor', {
        ...this.objectProps('executor'),
        subjects: [{ namespace: home, serviceAccount: components }],
        mayExec: false,
      });
    }
    for (const namespace of podNamespacesOf(this.platform, airflow)) {
      new PodMakerRole(this, `pods-${namespace}`, {
        ...this.objectProps('pods'),
        namespace,
        subjects: [...makers].map((serviceAccount) => ({ namespace: home, serviceAccount })),
        mayExec: true,
      });
    }
  }

  private addPgbouncer(): void {
    const { airflow } = this;
    if (airflow.pgbouncer === null) return;
    const { image, ...settings } = airflow.pgbouncer;
    new AirflowPgbouncer(this, 'pgbouncer', {
      ...this.objectProps('pgbouncer'),
      ...settings,
      image: image.reference,
      replicas: this.platform.production ? 2 : 1,
      serviceAccount: serviceAccountOf(airflow.identity),
      placement: toPodPlacement(airflow.placement),
      secretDelivery: this.platform.secretDelivery,
      proxy: toProxy(airflow.database),
      database: { name: airflow.database.database, user: airflow.database.iamUser },
    });
  }

  private addStatsd(): void {
    const { airflow } = this;
    if (airflow.metrics.kind !== 'statsd') return;
    new AirflowStatsd(this, 'statsd', {
      ...this.objectProps('statsd'),
      image: airflow.metrics.image.reference,
      legacyNames: airflow.release === '2.11',
      serviceAccount: serviceAccountOf(airflow.identity),
      placement: toPodPlacement(airflow.placement),
    });
  }

  private propsOf(name: AirflowComponentName, shared: AirflowShared): AirflowProps {
    const { labels } = this.objectProps(name);
    return airflowProps(this.platform, this.airflow, name, labels, shared);
  }

  private objectProps(part: string): ObjectProps {
    return {
      name: airflowName(this.airflow, part),
      namespace: this.airflow.namespace,
      labels: this.instanceLabels('airflow', this.airflow.key, part),
    };
  }
}
