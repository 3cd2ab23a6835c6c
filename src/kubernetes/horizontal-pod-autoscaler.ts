import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface HorizontalPodAutoscalerProps extends ObjectProps {
  /** Name of the Deployment that it scales. */
  readonly deployment: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** How busy the pods are to be on average, in percent of the CPU that they request. */
  readonly cpuPercent: number;
}

/**
 * Scales a Deployment by the CPU of its pods.
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export class HorizontalPodAutoscaler extends Construct {
  constructor(scope: Construct, id: string, props: HorizontalPodAutoscalerProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: renderMetadata(props),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: props.deployment },
        minReplicas: props.minReplicas,
        maxReplicas: props.maxReplicas,
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: props.cpuPercent },
            },
          },
        ],
        // Starting takes a pod half a minute of full CPU, which is no reason for another one.
        behavior: { scaleUp: { stabilizationWindowSeconds: 120 } },
      },
    });
  }
}
