import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AppLabels } from '../src/kubernetes/labels';
import type { Cluster, Platform } from '../src/model/platform';

/** What every chart is made of. */
export interface PlatformChartProps {
  readonly platform: Platform;
  /** The cluster that it is for; a chart holds only what is on it. */
  readonly cluster: Cluster;
}

/** A chart of a platform; its id is the name of its file, and the order of the names is the order of applying. */
export abstract class PlatformChart extends Chart {
  protected readonly platform: Platform;
  protected readonly cluster: Cluster;

  constructor(scope: Construct, id: string, props: PlatformChartProps) {
    super(scope, id);
    this.platform = props.platform;
    this.cluster = props.cluster;
  }

  /** Labels of an object that belongs to the platform as a whole. */
  protected platformLabels(component: string): AppLabels {
    return { app: 'tapline', instance: this.platform.prefix, component, partOf: this.platform.prefix };
  }

  /** Labels of an object of one instance of something. */
  protected instanceLabels(app: string, instance: string, component: string): AppLabels {
    return { app, instance, component, partOf: this.platform.prefix };
  }

  /** Those of a list that are on the cluster of this chart. */
  protected here<T extends { readonly cluster: string }>(list: readonly T[]): T[] {
    return list.filter((entry) => entry.cluster === this.cluster.key);
  }
}
