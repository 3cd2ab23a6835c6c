import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address';
import { ComputeForwardingRule } from '@cdktf/provider-google/lib/compute-forwarding-rule';
import { DnsManagedZone } from '@cdktf/provider-google/lib/dns-managed-zone';
import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import type { SqlDatabaseInstance } from '@cdktf/provider-google/lib/sql-database-instance';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';

export interface CloudSqlEndpointProps extends LabelledEntityProps {
  /** The instance, which must be reached by Private Service Connect. */
  readonly instance: SqlDatabaseInstance;
  /** Name of the address and of the rule that forwards. Changing this recreates both. */
  readonly name: string;
  /** Name of the private zone. Changing this recreates it. */
  readonly zoneName: string;
  /** Region of the instance and of the subnet. */
  readonly region: string;
  /** `projects/P/global/networks/N`. */
  readonly network: string;
  /** `projects/P/regions/R/subnetworks/N`; the address is taken from it. */
  readonly subnetwork: string;
}

/**
 * The way to an instance by Private Service Connect: an address in a subnet of ours, and the name by which the Auth Proxy
 * looks for it.
 *
 * Link and name come from the instance: they hold an id that Google chooses.
 *
 * @see https://cloud.google.com/sql/docs/postgres/configure-private-service-connect
 */
export class CloudSqlEndpoint extends Construct {
  constructor(scope: Construct, id: string, props: CloudSqlEndpointProps) {
    super(scope, id);
    const { project, region, name, instance } = props;
    const address = setAddress(
      new ComputeAddress(this, 'address', {
        project,
        region,
        name,
        addressType: 'INTERNAL',
        subnetwork: props.subnetwork,
        labels: { ...props.labels },
        ...dependencies(props),
      }),
      `sql-${id}`,
    );
    setAddress(
      new ComputeForwardingRule(this, 'rule', {
        project,
        region,
        name,
        // Empty, since it leads to a service and balances nothing.
        loadBalancingScheme: '',
        network: props.network,
        ipAddress: address.selfLink,
        target: instance.pscServiceAttachmentLink,
        labels: { ...props.labels },
      }),
      `sql-${id}`,
    );
    const zone = setAddress(
      new DnsManagedZone(this, 'zone', {
        project,
        name: props.zoneName,
        dnsName: instance.dnsName,
        description: `Leads to the Cloud SQL instance ${id}`,
        visibility: 'private',
        privateVisibilityConfig: { networks: [{ networkUrl: props.network }] },
        labels: { ...props.labels },
        ...dependencies(props),
      }),
      `sql-${id}`,
    );
    setAddress(
      new DnsRecordSet(this, 'record', {
        project,
        managedZone: zone.name,
        name: instance.dnsName,
        type: 'A',
        ttl: 300,
        rrdatas: [address.address],
      }),
      `sql-${id}`,
    );
  }
}
