import { SqlUser } from '@cdktf/provider-google/lib/sql-user';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

const types = {
  user: 'CLOUD_IAM_USER',
  group: 'CLOUD_IAM_GROUP',
  serviceAccount: 'CLOUD_IAM_SERVICE_ACCOUNT',
} as const;

export interface CloudSqlIamMemberProps extends ProjectEntityProps {
  /** Name of the instance. Changing this recreates the login. */
  readonly instance: string;
  /** What kind of member of IAM it is. Changing this recreates the login. */
  readonly kind: keyof typeof types;
  /** Name of the login: the e-mail, of a service account without `.gserviceaccount.com`. Changing this recreates it. */
  readonly name: string;
}

/**
 * A login of a person, of all members of a group or of a program elsewhere: it has a token of IAM for a password, and no
 * rights until somebody grants it some.
 *
 * @see https://cloud.google.com/sql/docs/postgres/iam-authentication
 */
export class CloudSqlIamMember extends Construct {
  readonly user: SqlUser;

  constructor(scope: Construct, id: string, props: CloudSqlIamMemberProps) {
    super(scope, id);
    this.user = setAddress(
      new SqlUser(this, 'user', {
        project: props.project,
        instance: props.instance,
        name: props.name,
        type: types[props.kind],
        // PostgreSQL refuses to drop a role that owns tables. The one who is left behind gets in no more once the roles
        // on the project are gone.
        deletionPolicy: 'ABANDON',
        ...dependencies(props),
      }),
      id,
    );
  }
}
