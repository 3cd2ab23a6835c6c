import type { ConfigPath } from '../config/problem';
import type { AskedIngress, IngressInputs } from './ingress';
import type { WebHost } from './platform';
import { clusterOf, type Scope } from './scope';

/** What each class can be. */
const scopes = {
  gateway: ['global', 'regional', 'internal'],
  gke: ['global'],
  nginx: ['regional', 'internal'],
} as const;

/** What the settings of the way in must be to each other, and to what they name. */
export function checkIngressSettings(
  scope: Scope,
  asked: AskedIngress,
  namespace: string,
  hosts: readonly WebHost[],
  inputs: IngressInputs,
): void {
  checkScope(scope, asked, inputs);
  checkPlaces(scope, asked, namespace, hosts);
  checkAddress(scope, asked, hosts, inputs);
  checkProtection(scope, asked, inputs);
  checkNginx(scope, asked);
}

function checkScope({ problems }: Scope, asked: AskedIngress, { network }: IngressInputs): void {
  const allowed: readonly string[] = scopes[asked.class];
  if (!allowed.includes(asked.scope)) {
    problems.add({
      path: ['ingress', 'scope'],
      message: `the class '${asked.class}' has no load balancer of this scope`,
      found: asked.scope,
      allowed: allowed.join(' or '),
      fix: 'leave it out, or write class: gateway',
      dependsOn: [['ingress', 'class']],
    });
  } else if (asked.class === 'gateway' && asked.scope !== 'global' && network.proxyOnly === null) {
    problems.add({
      path: ['ingress', 'scope'],
      message: 'the proxies of this load balancer need a subnet, and there is none',
      found: asked.scope,
      allowed: `${asked.scope} with network.proxyOnly: true`,
      fix: 'add proxyOnly: true to network',
      dependsOn: [['network', 'proxyOnly']],
    });
  }
}

/** One load balancer leads to one cluster, and an Ingress to one namespace. */
function checkPlaces(scope: Scope, asked: AskedIngress, namespace: string, hosts: readonly WebHost[]): void {
  const { problems, namespaces } = scope;
  const path: ConfigPath = ['ingress', 'namespace'];
  if (problems.reference(path, namespace, 'namespace', ['namespaces'], namespaces) === undefined) return;
  const home = clusterOf(scope, namespace);
  for (const host of hosts) {
    const cluster = clusterOf(scope, host.namespace);
    if (cluster !== home) {
      problems.add({
        path: host.origin,
        message: `its Airflow is on the cluster '${cluster}', and the way in on '${home}'`,
        found: host.host,
        allowed: 'hosts of one cluster',
        fix: 'remove the host of one of the two, or move the Airflow',
        dependsOn: [['namespaces'], path],
      });
    } else if (asked.class === 'gke' && host.namespace !== namespace) {
      problems.add({
        path: host.origin,
        message: `an Ingress of GKE leads into its own namespace only, '${namespace}'`,
        found: `${host.host} in the namespace ${host.namespace}`,
        allowed: 'hosts of one namespace',
        fix: 'write class: gateway, which leads into several',
        dependsOn: [['namespaces'], path, ['ingress', 'class']],
      });
    }
  }
}

function checkAddress(
  { problems }: Scope,
  asked: AskedIngress,
  hosts: readonly WebHost[],
  { network, edge }: IngressInputs,
): void {
  if (asked.address === undefined) return;
  const path: ConfigPath = ['ingress', 'address'];
  const declared = new Map(network.addresses.map((one) => [one.key, one]));
  const found = problems.reference(path, asked.address, 'address', ['network', 'addresses'], declared);
  if (found === undefined) return;
  if (asked.scope === 'internal') {
    problems.add({
      path,
      message: 'an internal load balancer has an address of the subnet, and this one is of the internet',
      found: asked.address,
      allowed: 'no address, with scope: internal',
      fix: 'remove the line; Google takes an address of the subnet',
      dependsOn: [['ingress', 'scope']],
    });
  } else if (found.scope !== asked.scope) {
    problems.add({
      path,
      message: `the address '${found.key}' is ${found.scope}, and the load balancer is ${asked.scope}`,
      found: asked.address,
      allowed: `an address with scope: ${asked.scope}`,
      fix: `write scope: ${asked.scope} at network.addresses.${found.key}, which gives another address, or name another`,
      dependsOn: [
        ['ingress', 'scope'],
        [...found.origin, 'scope'],
      ],
    });
  }
  // A name that people reach the Airflow by, and that leads elsewhere.
  for (const record of edge.zones.flatMap(({ records }) => records)) {
    const host = hosts.find((one) => `${one.host}.` === record.name);
    if (host === undefined || record.address === null || record.address.key === asked.address) continue;
    problems.add({
      path: [...record.origin, 'address'],
      message: `${host.host} is a host of the load balancer, which has the address '${asked.address}'`,
      found: record.address.key,
      allowed: asked.address,
      fix: `write address: ${asked.address}, or name this one at ingress.address`,
      dependsOn: [path],
    });
  }
}

function checkProtection({ problems, config }: Scope, asked: AskedIngress, { edge }: IngressInputs): void {
  if (asked.securityPolicy !== undefined) {
    const path: ConfigPath = ['ingress', 'securityPolicy'];
    const declared = new Map(edge.securityPolicies.map((one) => [one.key, one]));
    problems.reference(path, asked.securityPolicy, 'security policy', ['securityPolicies'], declared);
    if (asked.class === 'nginx' || asked.scope !== 'global') {
      problems.add({
        path,
        message: 'the policies under securityPolicies are for global load balancers',
        found: `${asked.securityPolicy} with class: ${asked.class}, scope: ${asked.scope}`,
        allowed: 'a policy with scope: global',
        fix: 'remove the line, or write class: gateway and scope: global',
        dependsOn: [
          ['ingress', 'scope'],
          ['ingress', 'class'],
        ],
      });
    }
  }
  if (!asked.iap) return;
  const path: ConfigPath = ['ingress', 'iap'];
  if (asked.class === 'nginx') {
    problems.add({
      path,
      message: 'Identity-Aware Proxy stands before the load balancers of Google, and NGINX is none',
      found: 'true',
      allowed: 'iap with class: gateway or gke',
      fix: 'remove the line, or write class: gateway',
      dependsOn: [['ingress', 'class']],
    });
  } else if (Object.keys(config.iap?.members ?? {}).length === 0) {
    problems.add({
      path,
      message: 'nobody may pass Identity-Aware Proxy',
      found: 'true',
      allowed: 'true beside members under iap.members',
      fix: 'add iap: { members: { team: "group:data-team@example.com" } }',
      dependsOn: [['iap']],
    });
  }
}

/** Nobody but NGINX itself keeps out who should not come. */
function checkNginx({ problems }: Scope, asked: AskedIngress): void {
  if (asked.class === 'nginx') {
    if (asked.allow !== undefined) return;
    problems.add({
      path: ['ingress', 'class'],
      message: 'neither Cloud Armor nor Identity-Aware Proxy stands before NGINX, and nobody is kept out',
      found: 'nginx',
      allowed: 'nginx beside allow',
      fix: 'add the ranges that people come from, for example allow: [203.0.113.0/24]',
      dependsOn: [['ingress', 'allow']],
    });
    return;
  }
  for (const name of ['allow', 'nginx'] as const) {
    if (asked[name] === undefined) continue;
    problems.add({
      path: ['ingress', name],
      at: 'key',
      message: `there is no NGINX with class: ${asked.class}`,
      allowed: 'this setting with class: nginx',
      fix:
        name === 'allow'
          ? 'remove it; the ranges of a policy under securityPolicies say who may come'
          : 'remove it, or write class: nginx',
      dependsOn: [['ingress', 'class']],
    });
  }
}
