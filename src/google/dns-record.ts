import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import { Construct } from 'constructs';
import { setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface DnsRecordProps extends ProjectEntityProps {
  /** Name of the zone at Google. */
  readonly zone: string;
  /** The whole name, with a dot at its end. Changing this recreates the record. */
  readonly name: string;
  /** For example `A`. Changing this recreates the record. */
  readonly type: string;
  /** How long others may remember it, in seconds. */
  readonly ttlSeconds: number;
  /** Values as Cloud DNS keeps them: host names with a dot at their end, texts in quotes. */
  readonly values: readonly string[];
}

/**
 * A record in a zone of Cloud DNS.
 *
 * @see https://cloud.google.com/dns/docs/records
 */
export class DnsRecord extends Construct {
  readonly record: DnsRecordSet;

  constructor(scope: Construct, id: string, props: DnsRecordProps) {
    super(scope, id);
    this.record = setAddress(
      new DnsRecordSet(this, 'record', {
        project: props.project,
        managedZone: props.zone,
        name: props.name,
        type: props.type,
        ttl: props.ttlSeconds,
        rrdatas: [...props.values],
        ...dependencies(props),
      }),
      id,
    );
  }
}
