import { SecretManagerSecretVersion } from '@cdktf/provider-google/lib/secret-manager-secret-version';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type EntityProps } from './entity';
import type { EphemeralPassword } from './ephemeral-password';

export interface GeneratedSecretVersionProps extends EntityProps {
  /** The secret, `projects/P/secrets/ID`. Changing this recreates the version. */
  readonly secret: string;
  /** The value. For the format `fernet` it must be 32 characters long. */
  readonly password: EphemeralPassword;
  /**
   * Form of the value: as it is, or as a Fernet key, which is the URL-safe Base64 of 32 bytes.
   * @default 'plain'
   * @see https://cryptography.io/en/latest/fernet/
   */
  readonly format?: 'plain' | 'fernet';
  /**
   * Number of the value. Raising it makes a new value and destroys the old one.
   * @default 1
   */
  readonly rotation?: number;
}

/**
 * A value in Secret Manager that Terraform makes and forgets: neither plan nor state holds it.
 *
 * @see https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
 */
export class GeneratedSecretVersion extends Construct {
  readonly version: SecretManagerSecretVersion;

  constructor(scope: Construct, id: string, props: GeneratedSecretVersionProps) {
    super(scope, id);
    const value = props.password.expression;
    this.version = setAddress(
      new SecretManagerSecretVersion(this, 'version', {
        secret: props.secret,
        secretDataWo:
          props.format === 'fernet'
            ? `\${replace(replace(base64encode(${value}), "+", "-"), "/", "_")}`
            : `\${${value}}`,
        secretDataWoVersion: props.rotation ?? 1,
        // Whoever reads the latest version finds one at every moment of a rotation.
        lifecycle: { createBeforeDestroy: true },
        ...dependencies(props),
      }),
      id,
    );
  }
}
