import { SecretManagerSecret as Secret } from '@cdktf/provider-google/lib/secret-manager-secret';
import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';

export interface SecretManagerSecretProps extends LabelledEntityProps {
  /** Name of the secret. Changing this recreates it, without its values. */
  readonly secretId: string;
  /**
   * Who may read its values: IAM members by the key that they have in addresses.
   * @default - nobody beside those who may by a role on the project
   */
  readonly readers?: Readonly<Record<string, string>>;
  /**
   * Cloud KMS key, in the location `global`, that encrypts the values.
   * @default - Google's own key
   */
  readonly kmsKey?: string;
}

/**
 * A secret in Secret Manager, and who may read it. Its value comes from a person or from {@link GeneratedSecretVersion}.
 *
 * @see https://cloud.google.com/secret-manager/docs/overview
 */
export class SecretManagerSecret extends Construct {
  readonly secret: Secret;
  readonly readers: readonly SecretManagerSecretIamMember[];
  /** `projects/P/secrets/ID`. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: SecretManagerSecretProps) {
    super(scope, id);
    this.name = `projects/${props.project}/secrets/${props.secretId}`;
    this.secret = setAddress(
      new Secret(this, 'secret', {
        project: props.project,
        secretId: props.secretId,
        replication: {
          auto: props.kmsKey === undefined ? {} : { customerManagedEncryption: { kmsKeyName: props.kmsKey } },
        },
        // A version that was destroyed by mistake can be brought back for a week.
        versionDestroyTtl: '604800s',
        labels: { ...props.labels },
        ...dependencies(props),
      }),
      id,
    );
    this.readers = Object.entries(props.readers ?? {}).map(([key, member]) =>
      setAddress(
        new SecretManagerSecretIamMember(this, `reader-${key}`, {
          project: props.project,
          secretId: this.secret.secretId,
          role: 'roles/secretmanager.secretAccessor',
          member,
          dependsOn: [...(props.dependsOn ?? [])],
        }),
        id,
        key,
      ),
    );
  }
}
