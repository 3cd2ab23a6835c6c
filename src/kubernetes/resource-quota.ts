import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface ResourceQuotaProps extends ObjectProps {
  /** What all objects of the namespace together may have, by the names of Kubernetes, for example `requests.cpu`. */
  readonly hard: Readonly<Record<string, string>>;
}

/**
 * What the namespace may have in all. The API server refuses the pod that would be too much.
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export class ResourceQuota extends Construct {
  constructor(scope: Construct, id: string, props: ResourceQuotaProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: renderMetadata(props),
      spec: { hard: props.hard },
    });
  }
}
