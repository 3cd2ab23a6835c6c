import { IamWorkloadIdentityPool } from '@cdktf/provider-google/lib/iam-workload-identity-pool';
import { IamWorkloadIdentityPoolProvider } from '@cdktf/provider-google/lib/iam-workload-identity-pool-provider';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface WorkloadIdentityPoolProps extends ProjectEntityProps {
  /** 4 to 32 lower-case letters, digits and hyphens. Changing this recreates it; the old id stays taken for 30 days. */
  readonly poolId: string;
  readonly displayName: string;
  /** Whose tokens are accepted, by the key that they have in addresses. */
  readonly providers: Readonly<Record<string, OidcProvider>>;
}

/** A service that signs tokens for its jobs. */
export interface OidcProvider {
  /** 4 to 32 lower-case letters, digits and hyphens. Changing this recreates it; the old id stays taken for 30 days. */
  readonly providerId: string;
  readonly displayName: string;
  /** Address of the issuer, `https://…`. */
  readonly issuer: string;
  /** Attributes of Google by name, with the expression that each is made by. */
  readonly attributeMapping: Readonly<Record<string, string>>;
  /**
   * What a token must fulfil, in CEL. Required, because everybody's jobs get tokens of a public issuer.
   */
  readonly attributeCondition: string;
}

/**
 * Lets jobs of other services act here with the tokens that these services sign: no key has to be kept anywhere.
 *
 * @see https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines
 */
export class WorkloadIdentityPool extends Construct {
  readonly pool: IamWorkloadIdentityPool;
  readonly providers: readonly IamWorkloadIdentityPoolProvider[];

  constructor(scope: Construct, id: string, props: WorkloadIdentityPoolProps) {
    super(scope, id);
    this.pool = setAddress(
      new IamWorkloadIdentityPool(this, 'pool', {
        project: props.project,
        workloadIdentityPoolId: props.poolId,
        displayName: props.displayName,
        ...dependencies(props),
      }),
      id,
    );
    this.providers = Object.entries(props.providers).map(([key, provider]) => {
      if (provider.attributeCondition.trim() === '') {
        throw new Error(
          `${this.node.path}: providers.${key}.attributeCondition: got nothing, expected an expression; without one every job of ${provider.issuer} is accepted`,
        );
      }
      return setAddress(
        new IamWorkloadIdentityPoolProvider(this, `provider-${key}`, {
          project: props.project,
          workloadIdentityPoolId: this.pool.workloadIdentityPoolId,
          workloadIdentityPoolProviderId: provider.providerId,
          displayName: provider.displayName,
          attributeMapping: { ...provider.attributeMapping },
          attributeCondition: provider.attributeCondition,
          oidc: { issuerUri: provider.issuer },
          ...dependencies(props),
        }),
        id,
        key,
      );
    });
  }
}
