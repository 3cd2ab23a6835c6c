import type { ConfigPath } from '../config/problem';
import type { AskedIngress } from './ingress';
import type { Certificate, Edge, IngressTls, WebHost } from './platform';
import { addIdentity, type Scope } from './scope';
import { resolveSecretKey } from './workloads';

/** Key of the identity of NGINX, or of who reads the certificate for a load balancer. */
export const ingressIdentity = 'ingress';

/** What a Secret with a certificate holds, as Kubernetes calls it. */
const tlsKeys = ['tls.crt', 'tls.key'];

/** Longest name in a certificate that is made for an Ingress of GKE. */
const managedLimit = 63;

/** Where the certificate of the way in comes from; undefined where that cannot be told. */
export function resolveIngressTls(
  scope: Scope,
  asked: AskedIngress,
  namespace: string,
  hosts: readonly WebHost[],
  edge: Edge,
): IngressTls | undefined {
  const { tls } = asked;
  if (asked.certificate !== undefined && (tls !== 'managed' || asked.class !== 'gateway')) {
    scope.problems.add({
      path: ['ingress', 'certificate'],
      message: 'a certificate of Certificate Manager is for a Gateway, and for tls: managed',
      found: asked.certificate,
      allowed: 'this setting with class: gateway and tls: managed',
      fix: 'remove the line',
      dependsOn: [
        ['ingress', 'tls'],
        ['ingress', 'class'],
      ],
    });
  }
  if (asked.class === 'nginx' || (typeof tls === 'object' && 'secret' in tls)) {
    addIdentity(scope, {
      key: ingressIdentity,
      displayName: 'Way in from outside',
      projectRoles: [],
      kubernetes: { namespace, serviceAccount: ingressIdentity },
      origin: ['ingress'],
    });
  }
  if (tls === 'managed') return resolveManaged(scope, asked, hosts, edge);
  if ('secret' in tls) return resolveSecret(scope, asked, tls.secret, namespace);
  const { issuer, kind, secret } = tls.certManager;
  return { kind: 'cert-manager', secret, issuer, issuerKind: kind };
}

function resolveManaged(
  scope: Scope,
  asked: AskedIngress,
  hosts: readonly WebHost[],
  edge: Edge,
): IngressTls | undefined {
  if (asked.class === 'nginx') {
    scope.problems.add({
      // What is left out cannot be pointed at.
      path: ['ingress'],
      message: 'Google gives the keys of its certificates to nobody, so NGINX cannot have one',
      found: 'class: nginx with tls: managed',
      allowed: 'tls: { secret: NAME }, or tls: { certManager: { issuer: NAME } }',
      fix: 'write for example tls: { secret: airflow-tls }',
      dependsOn: [
        ['ingress', 'tls'],
        ['ingress', 'class'],
      ],
    });
    return undefined;
  }
  if (asked.class === 'gke') {
    for (const { host, origin } of hosts.filter((one) => one.host.length > managedLimit)) {
      scope.problems.add({
        path: origin,
        message: 'a certificate that GKE makes takes no longer name',
        found: host,
        allowed: `at most ${managedLimit} characters`,
        fix: 'choose a shorter name, or write class: gateway',
        dependsOn: [['ingress', 'class']],
      });
    }
    return { kind: 'managed-certificate' };
  }
  const certificate = chosenCertificate(scope, asked, edge);
  if (certificate === undefined) return undefined;
  checkCovered(scope, asked, certificate, hosts);
  return certificate.map === null
    ? { kind: 'certificate', name: certificate.name }
    : { kind: 'certificate-map', name: certificate.map.name };
}

/** The certificate that is named, or the only one of the scope. */
function chosenCertificate(
  { problems }: Scope,
  asked: AskedIngress,
  { certificates }: Edge,
): Certificate | undefined {
  const wanted = asked.scope === 'global' ? 'global' : 'regional';
  const isOf = ({ location }: Certificate) => (location === 'global' ? 'global' : 'regional') === wanted;
  if (asked.certificate === undefined) {
    const fitting = certificates.filter(isOf);
    if (fitting.length === 1) return fitting[0];
    problems.add({
      path: ['ingress'],
      message:
        fitting.length === 0
          ? `the load balancer is ${wanted}, and there is no certificate for one`
          : 'there are several certificates that it could show',
      allowed:
        fitting.length === 0
          ? `a certificate with scope: ${wanted} under certificates`
          : fitting.map(({ key }) => key).join(', '),
      fix:
        fitting.length === 0
          ? `declare certificates: { web: { domains: [airflow.example.com], scope: ${wanted} } }`
          : `add certificate: ${fitting[0]?.key ?? ''}`,
      dependsOn: [['certificates'], ['ingress', 'scope'], ['ingress', 'class']],
    });
    return undefined;
  }
  const path: ConfigPath = ['ingress', 'certificate'];
  const declared = new Map(certificates.map((one) => [one.key, one]));
  const found = problems.reference(path, asked.certificate, 'certificate', ['certificates'], declared);
  if (found === undefined || isOf(found)) return found;
  problems.add({
    path,
    message: `the certificate '${found.key}' is not for ${wanted} load balancers`,
    found: asked.certificate,
    allowed: `a certificate with scope: ${wanted}`,
    fix: `write scope: ${wanted} at certificates.${found.key}, which makes it anew, or name another`,
    dependsOn: [
      [...found.origin, 'scope'],
      ['ingress', 'scope'],
    ],
  });
  return undefined;
}

/** A certificate for another host would have every browser refuse the connection. */
function checkCovered(
  { problems }: Scope,
  asked: AskedIngress,
  { key, domains, origin }: Certificate,
  hosts: readonly WebHost[],
): void {
  for (const host of hosts) {
    if (domains.includes(host.host) || domains.includes(host.host.replace(/^[^.]+/, '*'))) continue;
    problems.add({
      path: asked.certificate === undefined ? host.origin : ['ingress', 'certificate'],
      message: `the certificate '${key}' is not for the host ${host.host}`,
      found: asked.certificate === undefined ? host.host : key,
      allowed: `a host that it is for: ${domains.join(', ')}`,
      fix: `add ${host.host} to certificates.${key}.domains`,
      dependsOn: [[...origin, 'domains'], host.origin],
    });
  }
}

function resolveSecret(
  scope: Scope,
  asked: AskedIngress,
  name: string,
  namespace: string,
): IngressTls | undefined {
  const path: ConfigPath = ['ingress', 'tls', 'secret'];
  const identity = scope.identities.get(ingressIdentity);
  if (identity === undefined) return undefined;
  const keys = [...new Set(scope.secrets.get(name)?.values.map(({ key }) => key) ?? [])];
  if (keys.length > 0 && keys.join() !== tlsKeys.join()) {
    scope.problems.add({
      path,
      message: `the secret '${name}' is not what a load balancer takes for a certificate`,
      found: `keys: [${keys.join(', ')}]`,
      allowed: `keys: [${tlsKeys.join(', ')}]`,
      fix: `declare a secret of its own: secrets: { airflow-tls: { keys: [${tlsKeys.join(', ')}] } }`,
      dependsOn: [['secrets', name]],
    });
    return undefined;
  }
  if (asked.class !== 'nginx' && scope.config.secretDelivery === 'addon') {
    scope.problems.add({
      path,
      message: 'the load balancer reads a Secret of Kubernetes, and secretDelivery: addon makes none',
      found: name,
      allowed: 'a secret with secretDelivery: external-secrets or manual',
      fix: 'write tls: managed, or tls: { certManager: { issuer: NAME } }',
      dependsOn: [['secretDelivery'], ['ingress', 'class']],
    });
  }
  for (const key of tlsKeys) {
    if (resolveSecretKey(scope, `${name}/${key}`, path, namespace, identity) === undefined) return undefined;
  }
  return { kind: 'secret', secret: name };
}
