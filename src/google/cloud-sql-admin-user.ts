import { SqlUser } from '@cdktf/provider-google/lib/sql-user';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';
import { EphemeralPassword } from './ephemeral-password';
import { GeneratedSecretVersion } from './generated-secret-version';

export interface CloudSqlAdminUserProps extends ProjectEntityProps {
  /** Name of the instance. Changing this recreates the login. */
  readonly instance: string;
  /** Name of the login. Changing this recreates it. */
  readonly name: string;
  /** The secret that its password is put into, `projects/P/secrets/ID`. */
  readonly passwordSecret: string;
  /**
   * Number of the password. Raising it gives the login a new one and puts that into the secret.
   * @default 1
   */
  readonly rotation?: number;
}

/**
 * A built-in login with administrative rights, whose password exists in Secret Manager only.
 *
 * The login and the secret get the password in one run. Should that run stop between the two,
 * `terraform apply -replace=google_secret_manager_secret_version.ID` sets both anew.
 *
 * @see https://cloud.google.com/sql/docs/postgres/users
 */
export class CloudSqlAdminUser extends Construct {
  readonly password: EphemeralPassword;
  readonly passwordVersion: GeneratedSecretVersion;
  readonly user: SqlUser;

  constructor(scope: Construct, id: string, props: CloudSqlAdminUserProps) {
    super(scope, id);
    // The instance's password policy asks for a special character; these two need no escaping in an address.
    this.password = new EphemeralPassword(new Construct(this, 'password'), id, { specialCharacters: '-_' });
    this.passwordVersion = new GeneratedSecretVersion(new Construct(this, 'secret'), id, {
      secret: props.passwordSecret,
      password: this.password,
      rotation: props.rotation ?? 1,
      ...(props.dependsOn === undefined ? {} : { dependsOn: props.dependsOn }),
    });
    this.user = setAddress(
      new SqlUser(this, 'user', {
        project: props.project,
        instance: props.instance,
        name: props.name,
        type: 'BUILT_IN',
        passwordWo: `\${${this.password.expression}}`,
        // The number that Secret Manager gave the version: whenever that is replaced, the login gets the same new
        // password.
        passwordWoVersion: this.passwordVersion.version.getNumberAttribute('version'),
        deletionPolicy: 'ABANDON',
        ...dependencies(props),
      }),
      id,
    );
  }
}
