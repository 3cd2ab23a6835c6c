import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface PodDisruptionBudgetProps extends ObjectProps {
  /** Labels of the pods. */
  readonly selector: Readonly<Record<string, string>>;
}

/**
 * At most one of the pods is moved at a time, for example by an upgrade of the nodes. It says how many may be away and
 * not how many must be there: with one pod that would hold back every upgrade.
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export class PodDisruptionBudget extends Construct {
  constructor(scope: Construct, id: string, props: PodDisruptionBudgetProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: renderMetadata(props),
      spec: {
        maxUnavailable: 1,
        selector: { matchLabels: props.selector },
        // A pod that does not work in the first place must not hold a node back.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    });
  }
}
