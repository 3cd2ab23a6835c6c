import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { Construct } from 'constructs';
import { rolePart, setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

/** What IAM asks of those who connect through the Auth Proxy and log in with their token. */
const roles = ['roles/cloudsql.client', 'roles/cloudsql.instanceUser'];

export interface CloudSqlLoginRolesProps extends ProjectEntityProps {
  /** The member, for example `group:analysts@example.com`. */
  readonly member: string;
}

/**
 * The roles on the project that let a member of IAM connect to instances and log in; what it may do there is said in
 * PostgreSQL.
 *
 * @see https://cloud.google.com/sql/docs/postgres/iam-logins
 */
export class CloudSqlLoginRoles extends Construct {
  constructor(scope: Construct, id: string, props: CloudSqlLoginRolesProps) {
    super(scope, id);
    for (const role of roles) {
      setAddress(
        new ProjectIamMember(this, rolePart(role), {
          project: props.project,
          role,
          member: props.member,
          ...dependencies(props),
        }),
        id,
        rolePart(role),
      );
    }
  }
}
