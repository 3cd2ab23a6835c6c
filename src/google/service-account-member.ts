import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface ServiceAccountMemberProps extends ProjectEntityProps {
  /** E-mail of the service account. */
  readonly serviceAccountEmail: string;
  /** IAM member. */
  readonly member: string;
  /** For example `roles/iam.serviceAccountUser`. */
  readonly role: string;
}

/**
 * What somebody may do with a service account, for example act as it.
 *
 * @see https://cloud.google.com/iam/docs/service-account-permissions
 */
export class ServiceAccountMember extends Construct {
  readonly grant: ServiceAccountIamMember;

  constructor(scope: Construct, id: string, props: ServiceAccountMemberProps) {
    super(scope, id);
    this.grant = setAddress(
      new ServiceAccountIamMember(this, 'grant', {
        serviceAccountId: `projects/${props.project}/serviceAccounts/${props.serviceAccountEmail}`,
        role: props.role,
        member: props.member,
        ...dependencies(props),
      }),
      id,
    );
  }
}
