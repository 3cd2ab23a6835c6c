import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { ComputeGlobalAddress } from '@cdktf/provider-google/lib/compute-global-address';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeRouter } from '@cdktf/provider-google/lib/compute-router';
import { ComputeRouterNat } from '@cdktf/provider-google/lib/compute-router-nat';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { ServiceNetworkingConnection } from '@cdktf/provider-google/lib/service-networking-connection';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';

/** A named range of addresses. */
export interface NamedRange {
  /** Name of the range at Google. */
  readonly name: string;
  /** The range, for example `10.40.128.0/17`. */
  readonly cidr: string;
}

export interface VpcNetworkProps extends LabelledEntityProps {
  /**
   * Name of the network, at most 46 characters: its firewall rule adds 17. Changing this recreates the network and all
   * that is in it.
   */
  readonly name: string;
  /** Region of the subnet, the router and the NAT. Changing this recreates them. */
  readonly region: string;
  /** The subnet and the range of its nodes. Changing the name recreates it; the range can only grow. */
  readonly subnet: NamedRange;
  /** Secondary range of the pods. */
  readonly pods: NamedRange;
  /** Secondary range of the Kubernetes services. */
  readonly services: NamedRange;
  /**
   * Secondary ranges of further clusters.
   * @default - none
   */
  readonly furtherRanges?: readonly NamedRange[];
  /**
   * Subnet for the proxies of regional load balancers, /26 or larger. Changing its name recreates it.
   * @default - none, so no regional application load balancer
   * @see https://cloud.google.com/load-balancing/docs/proxy-only-subnets
   */
  readonly proxyOnly?: NamedRange;
  /**
   * Range reserved for services that Google runs in a network of its own, such as Cloud SQL.
   * @default - no private services access, so no Cloud SQL with a private address
   * @see https://cloud.google.com/vpc/docs/private-services-access
   */
  readonly privateServices?: NamedRange;
  /**
   * Whether the subnet logs its flows: half of them, gathered over ten minutes.
   * @default true
   */
  readonly flowLogs?: boolean;
  /** Name of the Cloud Router. Changing this recreates it. */
  readonly routerName: string;
  /** Name of the Cloud NAT. Changing this recreates it. */
  readonly natName: string;
  /**
   * Names of static addresses that outgoing connections come from, for sources that admit known addresses only.
   * @default - Google chooses addresses, and may change them
   */
  readonly natAddressNames?: readonly string[];
}

/**
 * A VPC network with one subnet for a VPC-native cluster, whose nodes reach the internet by Cloud NAT only.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips
 */
export class VpcNetwork extends Construct {
  readonly network: ComputeNetwork;
  readonly subnet: ComputeSubnetwork;
  /** The subnet of the proxies; undefined where there is none. */
  readonly proxyOnly: ComputeSubnetwork | undefined;
  readonly router: ComputeRouter;
  readonly nat: ComputeRouterNat;
  readonly natAddresses: readonly ComputeAddress[];
  readonly firewall: ComputeFirewall;
  /** The peering that Cloud SQL needs; undefined without private services access. */
  readonly privateServices: ServiceNetworkingConnection | undefined;

  constructor(scope: Construct, id: string, props: VpcNetworkProps) {
    super(scope, id);
    const { project, region } = props;
    this.network = setAddress(
      new ComputeNetwork(this, 'network', {
        project,
        name: props.name,
        autoCreateSubnetworks: false,
        routingMode: 'REGIONAL',
        ...dependencies(props),
      }),
      id,
    );
    this.subnet = this.addSubnet(id, props);
    this.proxyOnly = this.addProxyOnly(id, props);
    this.firewall = this.addFirewall(id, props);
    this.router = setAddress(
      new ComputeRouter(this, 'router', {
        project,
        region,
        name: props.routerName,
        network: this.network.id,
      }),
      id,
    );
    this.natAddresses = (props.natAddressNames ?? []).map((name, i) =>
      setAddress(
        new ComputeAddress(this, `nat-${i + 1}`, {
          project,
          region,
          name,
          addressType: 'EXTERNAL',
          labels: { ...props.labels },
          ...dependencies(props),
        }),
        id,
        `nat-${i + 1}`,
      ),
    );
    this.nat = this.addNat(id, props);
    this.privateServices = this.addPrivateServices(id, props);
  }

  private addSubnet(id: string, props: VpcNetworkProps): ComputeSubnetwork {
    return setAddress(
      new ComputeSubnetwork(this, 'subnet', {
        project: props.project,
        region: props.region,
        name: props.subnet.name,
        network: this.network.id,
        ipCidrRange: props.subnet.cidr,
        stackType: 'IPV4_ONLY',
        // Nodes have no address of their own; they reach Google's APIs by this and everything else by the NAT.
        privateIpGoogleAccess: true,
        secondaryIpRange: [props.pods, props.services, ...(props.furtherRanges ?? [])].map(
          ({ name, cidr }) => ({
            rangeName: name,
            ipCidrRange: cidr,
          }),
        ),
        ...((props.flowLogs ?? true)
          ? {
              logConfig: {
                aggregationInterval: 'INTERVAL_10_MIN',
                flowSampling: 0.5,
                metadata: 'INCLUDE_ALL_METADATA',
              },
            }
          : {}),
      }),
      id,
    );
  }

  private addProxyOnly(id: string, props: VpcNetworkProps): ComputeSubnetwork | undefined {
    if (props.proxyOnly === undefined) return undefined;
    // Google runs what is in it, so it has neither flow logs nor access to Google's APIs to be said.
    return setAddress(
      new ComputeSubnetwork(this, 'proxy-only', {
        project: props.project,
        region: props.region,
        name: props.proxyOnly.name,
        network: this.network.id,
        ipCidrRange: props.proxyOnly.cidr,
        purpose: 'REGIONAL_MANAGED_PROXY',
        role: 'ACTIVE',
      }),
      id,
      'proxy-only',
    );
  }

  private addFirewall(id: string, props: VpcNetworkProps): ComputeFirewall {
    return setAddress(
      new ComputeFirewall(this, 'deny-all-ingress', {
        project: props.project,
        name: `${props.name}-deny-all-ingress`,
        description: 'Denies and logs what no other rule allows',
        network: this.network.id,
        direction: 'INGRESS',
        // The network denies it anyway, but silently. One step above that last rule, so that the rules which GKE makes
        // for its nodes, its control plane and its load balancers, all at priority 1000, still win.
        priority: 65534,
        sourceRanges: ['0.0.0.0/0'],
        deny: [{ protocol: 'all' }],
        logConfig: { metadata: 'EXCLUDE_ALL_METADATA' },
      }),
      id,
      'deny-all-ingress',
    );
  }

  private addNat(id: string, props: VpcNetworkProps): ComputeRouterNat {
    return setAddress(
      new ComputeRouterNat(this, 'nat', {
        project: props.project,
        region: props.region,
        name: props.natName,
        router: this.router.name,
        ...(this.natAddresses.length === 0
          ? { natIpAllocateOption: 'AUTO_ONLY' }
          : { natIpAllocateOption: 'MANUAL_ONLY', natIps: this.natAddresses.map((one) => one.id) }),
        sourceSubnetworkIpRangesToNat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
        // The fixed 64 ports of a node run out when its pods open many connections to one warehouse. Ports that are
        // given out on demand exclude endpoint-independent mapping.
        enableDynamicPortAllocation: true,
        enableEndpointIndependentMapping: false,
        minPortsPerVm: 64,
        maxPortsPerVm: 4096,
        logConfig: { enable: true, filter: 'ERRORS_ONLY' },
      }),
      id,
    );
  }

  private addPrivateServices(id: string, props: VpcNetworkProps): ServiceNetworkingConnection | undefined {
    if (props.privateServices === undefined) return undefined;
    const [start, prefix] = props.privateServices.cidr.split('/');
    if (start === undefined || prefix === undefined || !/^\d+$/.test(prefix)) {
      throw new Error(
        `${this.node.path}: privateServices.cidr: got '${props.privateServices.cidr}', expected a range such as 10.40.32.0/20; add the prefix`,
      );
    }
    const range = setAddress(
      new ComputeGlobalAddress(this, 'private-services-range', {
        project: props.project,
        name: props.privateServices.name,
        network: this.network.id,
        purpose: 'VPC_PEERING',
        addressType: 'INTERNAL',
        address: start,
        prefixLength: Number(prefix),
        labels: { ...props.labels },
      }),
      id,
      'private-services',
    );
    return setAddress(
      new ServiceNetworkingConnection(this, 'private-services', {
        network: this.network.id,
        service: 'servicenetworking.googleapis.com',
        reservedPeeringRanges: [range.name],
        // Google refuses to delete the peering for days after Cloud SQL used it, and a later create then finds the one
        // that was left and must take it over.
        deletionPolicy: 'ABANDON',
        updateOnCreationFail: true,
        ...dependencies(props),
      }),
      id,
    );
  }
}
