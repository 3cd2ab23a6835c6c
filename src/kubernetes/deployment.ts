import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';
import type { PodTemplate } from './pod';

export interface DeploymentProps extends ObjectProps {
  /** @default - an autoscaler says how many */
  readonly replicas?: number;
  /** Labels that it knows its pods by; the template has them too. Changing this recreates the Deployment. */
  readonly selector: Readonly<Record<string, string>>;
  /**
   * `Recreate` ends the old pod before the new one starts, for what must never run twice; `RollingUpdate` starts the
   * new one first.
   */
  readonly strategy: 'Recreate' | 'RollingUpdate';
  /** How long a rollout may stand still before it counts as failed, in seconds. @default 900 */
  readonly progressDeadlineSeconds?: number;
  readonly template: PodTemplate;
}

/** Keeps a number of pods running. */
export class Deployment extends Construct {
  constructor(scope: Construct, id: string, props: DeploymentProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: renderMetadata(props),
      spec: {
        replicas: props.replicas,
        revisionHistoryLimit: 5,
        progressDeadlineSeconds: props.progressDeadlineSeconds ?? 900,
        selector: { matchLabels: props.selector },
        strategy:
          props.strategy === 'Recreate'
            ? { type: 'Recreate' }
            : { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        template: props.template,
      },
    });
  }
}
