import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { renderMetadata } from './labels';
import type { MetricsTargetProps } from './pod-monitoring';

export interface ServiceMonitorProps extends MetricsTargetProps {
  /** Labels by which the operator's Prometheus finds it. @default - none */
  readonly foundBy?: Readonly<Record<string, string>>;
}

/**
 * Has the Prometheus of the Prometheus operator read the metrics of the pods behind a Service.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor
 */
export class ServiceMonitor extends Construct {
  constructor(scope: Construct, id: string, props: ServiceMonitorProps) {
    super(scope, id);
    const metadata = renderMetadata(props);
    const relabelings = Object.entries(props.fromPod ?? {}).map(([targetLabel, from]) => ({
      action: 'replace',
      sourceLabels: [`__meta_kubernetes_pod_label_${from.replace(/[^A-Za-z0-9_]/g, '_')}`],
      targetLabel,
    }));
    new ApiObject(this, 'Resource', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { ...metadata, labels: { ...props.foundBy, ...metadata.labels } },
      spec: {
        selector: { matchLabels: props.selector },
        endpoints: [
          {
            port: props.port,
            interval: `${props.intervalSeconds ?? 30}s`,
            ...(relabelings.length === 0 ? {} : { relabelings }),
          },
        ],
      },
    });
  }
}
