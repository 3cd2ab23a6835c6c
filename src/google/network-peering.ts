import { ComputeNetworkPeering } from '@cdktf/provider-google/lib/compute-network-peering';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type EntityProps } from './entity';

export interface NetworkPeeringProps extends EntityProps {
  /** Name of the peering. Changing this recreates it. */
  readonly name: string;
  /** `projects/P/global/networks/N` of our network. Changing this recreates the peering. */
  readonly network: string;
  /** `projects/P/global/networks/N` of the other side. Changing this recreates the peering. */
  readonly peerNetwork: string;
  /**
   * Whether the other side learns our static and dynamic routes.
   * @default false
   */
  readonly exportCustomRoutes?: boolean;
  /**
   * Whether we learn those of the other side.
   * @default false
   */
  readonly importCustomRoutes?: boolean;
}

/**
 * Our side of a peering of two VPC networks. It carries traffic once the other side peers with us as well.
 *
 * @see https://cloud.google.com/vpc/docs/vpc-peering
 */
export class NetworkPeering extends Construct {
  readonly peering: ComputeNetworkPeering;

  constructor(scope: Construct, id: string, props: NetworkPeeringProps) {
    super(scope, id);
    this.peering = setAddress(
      new ComputeNetworkPeering(this, 'peering', {
        name: props.name,
        network: props.network,
        peerNetwork: props.peerNetwork,
        exportCustomRoutes: props.exportCustomRoutes ?? false,
        importCustomRoutes: props.importCustomRoutes ?? false,
        ...dependencies(props),
      }),
      id,
    );
  }
}
