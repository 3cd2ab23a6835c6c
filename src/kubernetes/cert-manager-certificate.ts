import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface CertManagerCertificateProps extends ObjectProps {
  /** Host names. */
  readonly domains: readonly string[];
  /** Secret in the same namespace that the certificate is written to, with all of its chain. */
  readonly secret: string;
  readonly issuer: { readonly name: string; readonly kind: 'ClusterIssuer' | 'Issuer' };
}

/**
 * A certificate that cert-manager, an operator that is not part of GKE, gets from an issuer and renews.
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class CertManagerCertificate extends Construct {
  constructor(scope: Construct, id: string, props: CertManagerCertificateProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: renderMetadata(props),
      spec: {
        dnsNames: [...props.domains],
        secretName: props.secret,
        // A key that leaked is of use until the next renewal at most.
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
        usages: ['digital signature', 'server auth'],
        issuerRef: { group: 'cert-manager.io', ...props.issuer },
      },
    });
  }
}
