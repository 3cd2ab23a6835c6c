import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface WorkloadIdentityBindingProps extends ProjectEntityProps {
  /** E-mail of the Google service account. */
  readonly serviceAccountEmail: string;
  /** `PROJECT.svc.id.goog` of the cluster's project. The cluster must exist first: put it into `dependsOn`. */
  readonly workloadPool: string;
  /** Namespace of the Kubernetes service account. */
  readonly namespace: string;
  /** Name of the Kubernetes service account. */
  readonly kubernetesServiceAccount: string;
}

/**
 * Lets a Kubernetes service account act as a Google service account, without any key.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
 */
export class WorkloadIdentityBinding extends Construct {
  readonly binding: ServiceAccountIamMember;

  constructor(scope: Construct, id: string, props: WorkloadIdentityBindingProps) {
    super(scope, id);
    this.binding = setAddress(
      new ServiceAccountIamMember(this, 'binding', {
        serviceAccountId: `projects/${props.project}/serviceAccounts/${props.serviceAccountEmail}`,
        role: 'roles/iam.workloadIdentityUser',
        member: `serviceAccount:${props.workloadPool}[${props.namespace}/${props.kubernetesServiceAccount}]`,
        ...dependencies(props),
      }),
      id,
    );
  }
}
