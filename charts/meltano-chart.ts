import { Construct } from 'constructs';
import { MeltanoCronJob } from '../src/kubernetes/meltano-cron-job';
import { MeltanoDeployment } from '../src/kubernetes/meltano-deployment';
import type { MeltanoPodProps } from '../src/kubernetes/meltano-pod';
import type { Meltano, Pipeline } from '../src/model/platform';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';
import { serviceAccountOf, toPodPlacement, toProxy } from './translate';

/** A Meltano project: its scheduler where it has one, and its pipelines. */
export class MeltanoChart extends PlatformChart {
  constructor(scope: Construct, props: PlatformChartProps & { readonly project: Meltano }) {
    const { project } = props;
    super(scope, `60-meltano-${project.key}`, props);
    tagOrigin(this, project.origin);
    if (project.scheduler !== null) this.addScheduler(project, project.scheduler);
    const pipelines = new Construct(this, 'pipelines');
    for (const pipeline of this.platform.pipelines) {
      if (pipeline.meltano === project.key) this.addPipeline(pipelines, pipeline);
    }
  }

  private addScheduler(project: Meltano, scheduler: NonNullable<Meltano['scheduler']>): void {
    const deployment = new MeltanoDeployment(this, 'scheduler', {
      ...this.podProps(project, scheduler.name, project.key, 'scheduler'),
      command: scheduler.command,
      ...(scheduler.prepare === null ? {} : { prepare: scheduler.prepare }),
      ...(Object.keys(scheduler.labels).length === 0 ? {} : { selector: scheduler.labels }),
    });
    tagOrigin(deployment, scheduler.origin);
  }

  private addPipeline(pipelines: Construct, pipeline: Pipeline): void {
    const { ttlSecondsAfterFinished, ...cronJob } = pipeline.cronJob;
    const job = new MeltanoCronJob(pipelines, pipeline.key, {
      ...this.podProps(pipeline, pipeline.name, pipeline.meltano, pipeline.key),
      runCommand: pipeline.runCommand,
      run: pipeline.run,
      timeZone: pipeline.timeZone,
      suspended: pipeline.suspended,
      timeoutSeconds: pipeline.timeoutSeconds,
      retries: pipeline.retries,
      ...cronJob,
      ...(ttlSecondsAfterFinished === null ? {} : { ttlSecondsAfterFinished }),
      ...(pipeline.schedule === null ? {} : { schedule: pipeline.schedule }),
    });
    tagOrigin(job, pipeline.origin);
  }

  private podProps(
    workload: Meltano | Pipeline,
    name: string,
    instance: string,
    component: string,
  ): MeltanoPodProps {
    return {
      name,
      namespace: workload.namespace,
      labels: this.instanceLabels('meltano', instance, component),
      image: workload.image.reference,
      directory: workload.directory,
      runAs: workload.runAs,
      serviceAccount: serviceAccountOf(workload.identity),
      placement: toPodPlacement(workload.placement),
      env: workload.env,
      secretDelivery: this.platform.secretDelivery,
      resources: workload.resources,
      ...(workload.database === null ? {} : { proxy: toProxy(workload.database) }),
    };
  }
}
