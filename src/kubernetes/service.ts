import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface ServiceProps extends ObjectProps {
  /** Labels of the pods behind it. */
  readonly selector: Readonly<Record<string, string>>;
  /** TCP port by name; the pods listen on the same. */
  readonly ports: Readonly<Record<string, number>>;
  /** What a load balancer of GKE reads, for example `cloud.google.com/neg`. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** UDP port by name. @default - none */
  readonly udpPorts?: Readonly<Record<string, number>>;
}

/** A stable name and address for pods, inside the cluster only. */
export class Service extends Construct {
  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        ...renderMetadata(props),
        ...(props.annotations === undefined ? {} : { annotations: props.annotations }),
      },
      spec: {
        type: 'ClusterIP',
        selector: props.selector,
        ports: [...render(props.ports, 'TCP'), ...render(props.udpPorts ?? {}, 'UDP')],
      },
    });
  }
}

function render(ports: Readonly<Record<string, number>>, protocol: 'TCP' | 'UDP') {
  return Object.entries(ports).map(([name, port]) => ({ name, port, targetPort: port, protocol }));
}
