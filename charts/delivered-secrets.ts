import type { Cluster, Identity, Platform, Secret, SecretValue } from '../src/model/platform';

/** A secret in a namespace where something reads it. */
export interface DeliveredSecret {
  readonly secret: Secret;
  readonly namespace: string;
  /** Type that the Secret has in Kubernetes where it is not Opaque: that of a certificate. */
  readonly type: 'kubernetes.io/tls' | undefined;
  /** The first of the service accounts in that namespace that may read it. */
  readonly reader: Identity;
}

/** Where on a cluster the secrets are read; what nobody reads is delivered nowhere. */
export function deliveredSecrets(platform: Platform, cluster: Cluster): DeliveredSecret[] {
  const identities = new Map(platform.identities.map((identity) => [identity.key, identity]));
  return platform.secrets.flatMap((secret) =>
    secret.namespaces.flatMap((namespace) => {
      const reader = secret.readers
        .map((key) => identities.get(key))
        .find(
          (identity) =>
            identity?.kubernetes?.namespace === namespace && identity.kubernetes.cluster === cluster.key,
        );
      return reader === undefined
        ? []
        : [{ secret, namespace, type: typeOf(platform, secret, namespace), reader }];
    }),
  );
}

function typeOf({ ingress }: Platform, { key }: Secret, namespace: string): DeliveredSecret['type'] {
  const isCertificate =
    ingress?.tls.kind === 'secret' && ingress.tls.secret === key && ingress.namespace === namespace;
  return isCertificate ? 'kubernetes.io/tls' : undefined;
}

/** The values of a secret that a namespace gets. */
export function valuesIn(secret: Secret, namespace: string): SecretValue[] {
  return secret.values.filter((value) => value.namespace === null || value.namespace === namespace);
}
