import { SqlUser } from '@cdktf/provider-google/lib/sql-user';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface CloudSqlIamUserProps extends ProjectEntityProps {
  /** Name of the instance. Changing this recreates the login. */
  readonly instance: string;
  /** E-mail of the service account. Changing this recreates the login. */
  readonly serviceAccountEmail: string;
}

/**
 * A login of a service account on a PostgreSQL instance: it has a token of IAM for a password, and no rights until
 * somebody grants it some.
 *
 * @see https://cloud.google.com/sql/docs/postgres/iam-authentication
 */
export class CloudSqlIamUser extends Construct {
  readonly user: SqlUser;

  constructor(scope: Construct, id: string, props: CloudSqlIamUserProps) {
    super(scope, id);
    this.user = setAddress(
      new SqlUser(this, 'user', {
        project: props.project,
        instance: props.instance,
        // PostgreSQL cuts names at 63 bytes, so Google leaves the end of the e-mail away.
        name: props.serviceAccountEmail.replace(/\.gserviceaccount\.com$/, ''),
        type: 'CLOUD_IAM_SERVICE_ACCOUNT',
        // PostgreSQL refuses to drop a role that owns tables. A login that is left behind is of no use to anybody once
        // its service account is gone.
        deletionPolicy: 'ABANDON',
        ...dependencies(props),
      }),
      id,
    );
  }
}
