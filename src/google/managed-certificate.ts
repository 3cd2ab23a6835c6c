import { CertificateManagerCertificate } from '@cdktf/provider-google/lib/certificate-manager-certificate';
import { CertificateManagerCertificateMap } from '@cdktf/provider-google/lib/certificate-manager-certificate-map';
import { CertificateManagerCertificateMapEntry } from '@cdktf/provider-google/lib/certificate-manager-certificate-map-entry';
import { CertificateManagerDnsAuthorization } from '@cdktf/provider-google/lib/certificate-manager-dns-authorization';
import { Construct } from 'constructs';
import { address, setAddress } from './address';
import { dependencies, type LabelledEntityProps } from './entity';

export interface ManagedCertificateProps extends LabelledEntityProps {
  /** Name of the certificate. Changing this recreates it. */
  readonly name: string;
  /** `global`, or the region of the load balancer. Changing this recreates it. */
  readonly location: string;
  /** Domains; `*.example.com` is every name one level below. Changing this recreates the certificate. */
  readonly domains: readonly string[];
  /** The proofs: one for each domain, by the key that they have in addresses. A wildcard is proved by its parent. */
  readonly authorizations: Readonly<Record<string, { readonly name: string; readonly domain: string }>>;
  /**
   * The certificate map that a global load balancer names, with an entry for each host name, by its key in addresses.
   * @default - none; regional load balancers name the certificate itself
   */
  readonly map?: {
    readonly name: string;
    readonly entries: Readonly<Record<string, { readonly name: string; readonly hostname: string }>>;
  };
}

/**
 * A certificate that Google issues and renews once DNS proves that the domains are ours, so before any traffic comes.
 *
 * @see https://cloud.google.com/certificate-manager/docs/deploy-google-managed-dns-auth
 */
export class ManagedCertificate extends Construct {
  /** The proofs by key; each tells the record that has to be in DNS. */
  readonly authorizations: ReadonlyMap<string, CertificateManagerDnsAuthorization>;
  readonly certificate: CertificateManagerCertificate;
  readonly map: CertificateManagerCertificateMap | undefined;
  readonly entries: readonly CertificateManagerCertificateMapEntry[];

  constructor(scope: Construct, id: string, props: ManagedCertificateProps) {
    super(scope, id);
    const { project, location } = props;
    const common = { project, labels: { ...props.labels }, ...dependencies(props) };
    this.authorizations = new Map(
      Object.entries(props.authorizations).map(([key, { name, domain }]) => [
        key,
        setAddress(
          new CertificateManagerDnsAuthorization(this, `authorization-${key}`, {
            ...common,
            location,
            name,
            domain,
            // A regional certificate takes no other, and a global one is proved by the older kind by default.
            ...(location === 'global' ? {} : { type: 'PER_PROJECT_RECORD' }),
          }),
          id,
          key,
        ),
      ]),
    );
    this.certificate = setAddress(
      new CertificateManagerCertificate(this, 'certificate', {
        ...common,
        location,
        name: props.name,
        managed: {
          domains: [...props.domains],
          dnsAuthorizations: [...this.authorizations.values()].map((one) => one.id),
        },
      }),
      id,
    );
    this.map =
      props.map === undefined
        ? undefined
        : setAddress(
            new CertificateManagerCertificateMap(this, 'map', { ...common, name: props.map.name }),
            id,
          );
    this.entries = Object.entries(props.map?.entries ?? {}).map(([key, { name, hostname }]) =>
      setAddress(
        new CertificateManagerCertificateMapEntry(this, `entry-${key}`, {
          ...common,
          name,
          hostname,
          map: this.map?.name ?? '',
          certificates: [this.certificate.id],
        }),
        address(id, key),
      ),
    );
  }
}
