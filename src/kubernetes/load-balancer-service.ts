import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface LoadBalancerServiceProps extends ObjectProps {
  /** Labels of the pods behind it. */
  readonly selector: Readonly<Record<string, string>>;
  /** Port of the load balancer, and of the pods, by name. */
  readonly ports: Readonly<Record<string, { readonly port: number; readonly targetPort: number }>>;
  /** Whether only the networks of the VPC reach it. Changing this makes another load balancer. */
  readonly internal: boolean;
  /**
   * Name at Google of its regional static address.
   * @default - Google chooses an address
   */
  readonly address?: string;
  /** Ranges that may come; everybody else is stopped by the firewall before the cluster. */
  readonly sourceRanges: readonly string[];
}

/**
 * A load balancer of Google that passes connections on as they are. Pods see where they really come from, so network
 * policies can judge it: it leads to the nodes of its pods only.
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters
 */
export class LoadBalancerService extends Construct {
  constructor(scope: Construct, id: string, props: LoadBalancerServiceProps) {
    super(scope, id);
    const metadata = renderMetadata(props);
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        ...metadata,
        annotations: {
          ...(props.internal
            ? { 'networking.gke.io/load-balancer-type': 'Internal' }
            : // Of the newer kind, which takes an address by its name.
              { 'cloud.google.com/l4-rbs': 'enabled' }),
          ...(props.address === undefined
            ? {}
            : { 'networking.gke.io/load-balancer-ip-addresses': props.address }),
        },
      },
      spec: {
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        loadBalancerSourceRanges: [...props.sourceRanges],
        selector: props.selector,
        ports: Object.entries(props.ports).map(([name, { port, targetPort }]) => ({
          name,
          port,
          targetPort,
          protocol: 'TCP',
        })),
      },
    });
  }
}
