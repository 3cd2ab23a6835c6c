import { SecretManagerSecret as Secret } from '@cdktf/provider-google/lib/secret-manager-secret';
import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member';
import { Construct } from 'constructs';
import { addressPart, setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';
import type { Grant } from './grant';

export interface SecretManagerSecretProps extends LabelledEntityProps {
  /** Name of the secret. Changing this recreates it, without its values. */
  readonly secretId: string;
  /**
   * Who may read its values: IAM members by the key that they have in addresses.
   * @default - nobody beside those who may by a role on the project
   */
  readonly readers?: Readonly<Record<string, string>>;
  /**
   * Who else is let in.
   * @default - nobody
   */
  readonly grants?: readonly Grant[];
  /**
   * Regions that hold the values, with the Cloud KMS key of each. Changing this recreates the secret, without its
   * values.
   * @default - Google keeps the values in several regions
   */
  readonly regions?: readonly { readonly region: string; readonly kmsKey?: string }[];
  /**
   * Cloud KMS key, in the location `global`, that encrypts the values where regions are not named.
   * @default - Google's own key
   */
  readonly kmsKey?: string;
  /**
   * How often a topic is told that the values have to be changed, first after that time. The agent of Secret Manager
   * must be let in as a publisher there.
   * @default - nobody is told
   */
  readonly rotation?: { readonly periodDays: number; readonly topic: string };
  /**
   * How long a version that was destroyed by mistake can be brought back, in days.
   * @default 7
   */
  readonly destroyTtlDays?: number;
  /**
   * Whether Terraform refuses to delete it.
   * @default false
   */
  readonly deletionProtection?: boolean;
}

/**
 * A secret in Secret Manager, and who may read it. Its value comes from a person or from {@link GeneratedSecretVersion}.
 *
 * @see https://cloud.google.com/secret-manager/docs/overview
 */
export class SecretManagerSecret extends Construct {
  readonly secret: Secret;
  readonly readers: readonly SecretManagerSecretIamMember[];
  readonly grants: readonly SecretManagerSecretIamMember[];
  /** `projects/P/secrets/ID`. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: SecretManagerSecretProps) {
    super(scope, id);
    this.name = `projects/${props.project}/secrets/${props.secretId}`;
    this.secret = setAddress(
      new Secret(this, 'secret', {
        project: props.project,
        secretId: props.secretId,
        replication: replication(props),
        ...(props.rotation === undefined ? {} : rotation(props.rotation)),
        versionDestroyTtl: `${(props.destroyTtlDays ?? 7) * secondsPerDay}s`,
        deletionProtection: props.deletionProtection ?? false,
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
    this.grants = (props.grants ?? []).map(({ key, member, role }) =>
      setAddress(
        new SecretManagerSecretIamMember(this, `grant-${key}`, {
          project: props.project,
          secretId: this.secret.secretId,
          role,
          member,
          dependsOn: [...(props.dependsOn ?? [])],
        }),
        id,
        addressPart(key),
      ),
    );
  }
}

const secondsPerDay = 24 * 60 * 60;

function replication({ regions = [], kmsKey }: SecretManagerSecretProps) {
  if (regions.length === 0) return { auto: encryption(kmsKey) };
  return {
    userManaged: {
      replicas: regions.map((one) => ({ location: one.region, ...encryption(one.kmsKey) })),
    },
  };
}

function encryption(kmsKey: string | undefined) {
  return kmsKey === undefined ? {} : { customerManagedEncryption: { kmsKeyName: kmsKey } };
}

function rotation({ periodDays, topic }: { readonly periodDays: number; readonly topic: string }) {
  return {
    topics: [{ name: topic }],
    rotation: {
      rotationPeriod: `${periodDays * secondsPerDay}s`,
      // The first time counts from the plan that makes the secret. Google then moves it on by itself.
      nextRotationTime: `\${timeadd(plantimestamp(), "${periodDays * 24}h")}`,
    },
    lifecycle: { ignoreChanges: ['rotation[0].next_rotation_time'] },
  };
}
