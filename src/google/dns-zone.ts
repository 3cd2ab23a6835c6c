import { DnsManagedZone } from '@cdktf/provider-google/lib/dns-managed-zone';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';

export interface DnsZoneProps extends LabelledEntityProps {
  /** Name of the zone at Google. Changing this recreates it. */
  readonly name: string;
  /** The domain, with a dot at its end. Changing this recreates the zone. */
  readonly dnsName: string;
  /**
   * The network, `projects/P/global/networks/N`, that alone can ask a private zone. Changing whether there is one
   * recreates the zone.
   * @default - the zone is public
   */
  readonly privateNetwork?: string;
  /**
   * Whether answers of a public zone are signed.
   * @default true
   */
  readonly dnssec?: boolean;
}

/**
 * A zone in Cloud DNS. It is not deleted as long as it holds records of others.
 *
 * @see https://cloud.google.com/dns/docs/zones
 */
export class DnsZone extends Construct {
  readonly zone: DnsManagedZone;

  constructor(scope: Construct, id: string, props: DnsZoneProps) {
    super(scope, id);
    this.zone = setAddress(
      new DnsManagedZone(this, 'zone', {
        project: props.project,
        name: props.name,
        dnsName: props.dnsName,
        // Google would write its own, and the plan would show a change.
        description: `Zone ${props.dnsName}`,
        forceDestroy: false,
        labels: { ...props.labels },
        ...(props.privateNetwork === undefined
          ? { visibility: 'public', dnssecConfig: { state: (props.dnssec ?? true) ? 'on' : 'off' } }
          : {
              visibility: 'private',
              privateVisibilityConfig: { networks: [{ networkUrl: props.privateNetwork }] },
            }),
        ...dependencies(props),
      }),
      id,
    );
  }
}
