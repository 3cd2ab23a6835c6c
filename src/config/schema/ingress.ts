import * as z from 'zod';
import { cidr, dnsLabel, dnsLabelUpTo, imageReference, key, objectNameUpTo, resources } from './common';

const issuer = z.strictObject({
  issuer: objectNameUpTo(253).describe('Name of the issuer, which must be there.'),
  kind: z
    .enum(['ClusterIssuer', 'Issuer'])
    .default('ClusterIssuer')
    .describe('Whether it serves the whole cluster, or is in the namespace of the certificate.'),
  secret: dnsLabel.default('airflow-tls').describe('Kubernetes Secret that cert-manager writes the certificate to.'),
});

const tls = z.union(
  [
    z.literal('managed'),
    z.strictObject({
      secret: dnsLabel.describe(
        'Secret under secrets with exactly the keys tls.crt (the certificate, then those of whoever signed it) and tls.key.',
      ),
    }),
    z.strictObject({ certManager: issuer.describe('cert-manager, which you install, gets the certificate and renews it.') }),
  ],
  { error: 'managed, { secret: NAME } or { certManager: { issuer: NAME } }' },
);

const nginx = z.strictObject({
  image: imageReference
    .optional()
    .describe('Image with nginx 1.21 or later and a shell. Default: the official image of the stable version.'),
  replicas: z
    .int()
    .min(1)
    .max(20)
    .optional()
    .describe('How many pods run. Default: 2 where production is true, otherwise 1.'),
  pool: z.string().optional().describe('Node pool that it runs on. Default: any pool without taints.'),
  resources: resources.default({}).describe('Requests and limits. Default: 100m and 128Mi.'),
});

/** The way in from outside, to every Airflow with a host. */
export const ingress = z.strictObject({
  class: z
    .enum(['gateway', 'gke', 'nginx'])
    .default('gateway')
    .describe(
      'gateway: a load balancer of Google by the Gateway API. gke: the older one by Ingress. nginx: NGINX in the cluster, behind a load balancer that only passes connections on.',
    ),
  scope: z
    .enum(['global', 'regional', 'internal'])
    .optional()
    .describe(
      'Where the load balancer is: global or regional, for the internet, or internal, for the networks of the VPC. gateway: any; regional and internal need network.proxyOnly. gke: global. nginx: regional or internal. Default: regional with nginx, otherwise global.',
    ),
  name: dnsLabelUpTo(40)
    .regex(/^[a-z]/, 'first a letter')
    .default('web')
    .describe('Name of the Gateway, the Ingress or the NGINX in Kubernetes. Changing this makes another load balancer.'),
  namespace: dnsLabel
    .optional()
    .describe('Namespace that it is in. Default: that of the first Airflow with a host.'),
  address: key
    .optional()
    .describe(
      'Static address under network.addresses, of the scope of the load balancer. Default: Google chooses one, and another when the load balancer is made anew.',
    ),
  tls: tls
    .default('managed')
    .describe(
      'The certificate. managed: Google issues and renews it (gateway: one under certificates; gke: made here; not with nginx). A secret: yours. certManager: that of the operator of that name.',
    ),
  certificate: key
    .optional()
    .describe('Certificate under certificates, with class gateway and tls managed. Default: the only one of the scope.'),
  securityPolicy: key
    .optional()
    .describe('Policy of Cloud Armor under securityPolicies; with a global load balancer only. Default: none.'),
  iap: z
    .boolean()
    .default(false)
    .describe('Whether Identity-Aware Proxy asks everybody who they are first; iap.members says who passes. Not with nginx.'),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(86400)
    .default(60)
    .describe('How long an answer may take, in seconds.'),
  allow: z
    .array(cidr)
    .min(1)
    .optional()
    .describe('Ranges that may come to NGINX, which no policy of Cloud Armor is before. Needed with nginx, and only there.'),
  nginx: nginx.optional().describe('How NGINX runs, with class nginx.'),
});
export type IngressConfig = z.infer<typeof ingress>;
