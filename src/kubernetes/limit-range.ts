import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ResourceRequirements } from './container';
import { type ObjectProps, renderMetadata } from './labels';

export interface LimitRangeProps extends ObjectProps {
  /** What a container gets that says nothing itself. */
  readonly defaults: ResourceRequirements;
}

/**
 * What a container gets that says nothing itself: without it, one that a person starts by hand could take a whole node,
 * or be refused by a quota.
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export class LimitRange extends Construct {
  constructor(scope: Construct, id: string, props: LimitRangeProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: renderMetadata(props),
      spec: {
        limits: [
          { type: 'Container', default: props.defaults.limits, defaultRequest: props.defaults.requests },
        ],
      },
    });
  }
}
