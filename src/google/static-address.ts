import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address';
import { ComputeGlobalAddress } from '@cdktf/provider-google/lib/compute-global-address';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';

export interface StaticAddressProps extends LabelledEntityProps {
  /** Name of the address. Changing this gives another one. */
  readonly name: string;
  /**
   * Region of the load balancer that takes it. Changing this gives another address.
   * @default - a global address, for global load balancers
   */
  readonly region?: string;
}

/**
 * A static external address, which stays when the load balancer in front of it is made anew.
 *
 * @see https://cloud.google.com/vpc/docs/reserve-static-external-ip-address
 */
export class StaticAddress extends Construct {
  readonly address: ComputeAddress | ComputeGlobalAddress;

  constructor(scope: Construct, id: string, props: StaticAddressProps) {
    super(scope, id);
    const common = {
      project: props.project,
      name: props.name,
      addressType: 'EXTERNAL',
      labels: { ...props.labels },
      ...dependencies(props),
    };
    this.address =
      props.region === undefined
        ? setAddress(new ComputeGlobalAddress(this, 'address', common), id)
        : setAddress(new ComputeAddress(this, 'address', { ...common, region: props.region }), id);
  }
}
