import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface MetricsTargetProps extends ObjectProps {
  /** Labels of the pods, or with the operator of the Service before them. */
  readonly selector: Readonly<Record<string, string>>;
  /** Name of the port that answers with metrics. */
  readonly port: string;
  /**
   * Labels that every series gets: its name, and the label of the pod that its value is.
   * @default - those that every target has
   */
  readonly fromPod?: Readonly<Record<string, string>>;
  /** How often metrics are read, in seconds. @default 30 */
  readonly intervalSeconds?: number;
}

/**
 * Has Managed Service for Prometheus read the metrics of pods.
 * @see https://github.com/GoogleCloudPlatform/prometheus-engine/blob/main/doc/api.md#podmonitoring
 */
export class PodMonitoring extends Construct {
  constructor(scope: Construct, id: string, props: MetricsTargetProps) {
    super(scope, id);
    const fromPod = Object.entries(props.fromPod ?? {}).map(([to, from]) => ({ from, to }));
    new ApiObject(this, 'Resource', {
      apiVersion: 'monitoring.googleapis.com/v1',
      kind: 'PodMonitoring',
      metadata: renderMetadata(props),
      spec: {
        selector: { matchLabels: props.selector },
        endpoints: [{ port: props.port, interval: `${props.intervalSeconds ?? 30}s` }],
        targetLabels: {
          metadata: ['pod', 'container'],
          ...(fromPod.length === 0 ? {} : { fromPod }),
        },
      },
    });
  }
}
