import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { ServiceAccount as Account } from '@cdktf/provider-google/lib/service-account';
import { Construct } from 'constructs';
import { rolePart, setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface ServiceAccountProps extends ProjectEntityProps {
  /** The part of its e-mail before the `@`, 6 to 30 characters. Changing this recreates it, and all it was granted. */
  readonly accountId: string;
  /**
   * What people see.
   * @default - the account id
   */
  readonly displayName?: string;
  /**
   * Roles on the project, for example `roles/cloudsql.client`, each once.
   * @default - none
   */
  readonly projectRoles?: readonly string[];
}

/**
 * A service account without keys, and its roles on the project.
 *
 * Each role is a member of its own: grants of others stay as they are.
 *
 * @see https://cloud.google.com/iam/docs/best-practices-service-accounts
 */
export class ServiceAccount extends Construct {
  readonly account: Account;
  readonly projectRoles: readonly ProjectIamMember[];
  /** `ACCOUNT_ID@PROJECT.iam.gserviceaccount.com`. */
  readonly email: string;
  /** `serviceAccount:EMAIL`, as IAM names it. */
  readonly member: string;

  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    this.email = `${props.accountId}@${props.project}.iam.gserviceaccount.com`;
    this.member = `serviceAccount:${this.email}`;
    this.account = setAddress(
      new Account(this, 'account', {
        project: props.project,
        accountId: props.accountId,
        displayName: props.displayName ?? props.accountId,
        ...dependencies(props),
      }),
      id,
    );
    this.projectRoles = (props.projectRoles ?? []).map((role) =>
      setAddress(
        new ProjectIamMember(this, `role-${rolePart(role)}`, {
          project: props.project,
          role,
          member: this.member,
          ...dependencies(props, this.account),
        }),
        id,
        rolePart(role),
      ),
    );
  }
}
