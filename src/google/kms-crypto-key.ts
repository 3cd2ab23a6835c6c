import { KmsCryptoKey as CryptoKey } from '@cdktf/provider-google/lib/kms-crypto-key';
import { KmsCryptoKeyIamMember } from '@cdktf/provider-google/lib/kms-crypto-key-iam-member';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type EntityProps } from './entity';

export interface KmsCryptoKeyProps extends EntityProps {
  /** Name of the key. Changing this makes another one; what the old one encrypts needs the old one. */
  readonly name: string;
  /** `projects/P/locations/L/keyRings/R`. */
  readonly keyRing: string;
  /** IAM member that encrypts and decrypts: the agent of the product that keeps the data. */
  readonly agent: string;
  /**
   * How often it gets a new version, in days.
   * @default 90
   */
  readonly rotationDays?: number;
  /**
   * Where the key is. Changing this recreates the key.
   * @default 'SOFTWARE'
   */
  readonly protection?: 'SOFTWARE' | 'HSM';
  /**
   * Whether Terraform refuses to destroy it.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /** Labels, so that owner and cost of the key can be told. @default - no labels */
  readonly labels?: Readonly<Record<string, string>>;
}

const secondsPerDay = 24 * 60 * 60;

/**
 * A key that encrypts the data of one product, and the right of that product's agent to use it.
 *
 * A key cannot be deleted, only its versions, and with them all that they encrypt.
 *
 * @see https://cloud.google.com/kms/docs/cmek
 */
export class KmsCryptoKey extends Construct {
  readonly key: CryptoKey;
  /** What has to be there before anything is encrypted. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: KmsCryptoKeyProps) {
    super(scope, id);
    this.key = setAddress(
      new CryptoKey(this, 'key', {
        name: props.name,
        keyRing: props.keyRing,
        purpose: 'ENCRYPT_DECRYPT',
        rotationPeriod: `${(props.rotationDays ?? 90) * secondsPerDay}s`,
        destroyScheduledDuration: `${30 * secondsPerDay}s`,
        versionTemplate: {
          algorithm: 'GOOGLE_SYMMETRIC_ENCRYPTION',
          protectionLevel: props.protection ?? 'SOFTWARE',
        },
        labels: { ...props.labels },
        lifecycle: { preventDestroy: props.deletionProtection ?? true },
        ...dependencies(props),
      }),
      id,
    );
    const grant = setAddress(
      new KmsCryptoKeyIamMember(this, 'agent', {
        cryptoKeyId: this.key.id,
        role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
        member: props.agent,
        ...dependencies(props),
      }),
      id,
      'agent',
    );
    this.ready = [this.key, grant];
  }
}
