import { ComputeRegionSslPolicy } from '@cdktf/provider-google/lib/compute-region-ssl-policy';
import { ComputeSslPolicy } from '@cdktf/provider-google/lib/compute-ssl-policy';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface SslPolicyProps extends ProjectEntityProps {
  /** Name of the policy. Changing this recreates it. */
  readonly name: string;
  /**
   * Region of the load balancers that take it. Changing this recreates it.
   * @default - global, for global load balancers
   */
  readonly region?: string;
}

/**
 * Which TLS load balancers speak: 1.2 and later, with ciphers that keep what was said before a key leaked.
 *
 * @see https://cloud.google.com/load-balancing/docs/ssl-policies-concepts
 */
export class SslPolicy extends Construct {
  readonly policy: ComputeSslPolicy | ComputeRegionSslPolicy;

  constructor(scope: Construct, id: string, props: SslPolicyProps) {
    super(scope, id);
    const common = {
      project: props.project,
      name: props.name,
      minTlsVersion: 'TLS_1_2',
      profile: 'RESTRICTED',
      ...dependencies(props),
    };
    this.policy =
      props.region === undefined
        ? setAddress(new ComputeSslPolicy(this, 'policy', common), id)
        : setAddress(new ComputeRegionSslPolicy(this, 'policy', { ...common, region: props.region }), id);
  }
}
