import { Addresses } from '../../../sets/addresses';
import { canonical } from '../../equal';
import type { KubernetesObject } from '../../kubernetes/object';
import type { Tree } from '../../types';
import type { Permit, Target } from '../permits';
import { at, namespaceOf, textAt, textsIn, treeAt, treesIn } from './objects';

export const exposureKinds = [
  'Service',
  'Ingress',
  'Gateway',
  'HTTPRoute',
  'GRPCRoute',
  'TCPRoute',
  'TLSRoute',
  'UDPRoute',
  'ServiceAccount',
  'Namespace',
];

const network = 'machines in the network';
const internet = 'the internet';

/** What an object lets whom reach or be. */
export function openingsOf(object: KubernetesObject): readonly Permit[] {
  const target: Target = { key: object.identity, shown: object.address };
  const open = (principal: string | Addresses, what: string): Permit => ({ target, principal, what });
  switch (object.kind) {
    case 'Service':
      return object.group === '' ? ofService(object, open) : [];
    case 'Ingress':
      return ofIngress(object, open);
    case 'Gateway':
      return object.group === 'gateway.networking.k8s.io' ? ofGateway(object, open) : [];
    case 'ServiceAccount':
      return ofAccount(object);
    case 'Namespace':
      return ofNamespace(object, open);
    default:
      return object.kind.endsWith('Route') ? ofRoute(object, open) : [];
  }
}

type Open = (principal: string | Addresses, what: string) => Permit;

function ofService({ body }: KubernetesObject, open: Open): Permit[] {
  const spec = treeAt(body, 'spec');
  const type = textAt(spec, 'type') || 'ClusterIP';
  const ports = treesIn(spec.ports).map(
    (port) => `${textAt(port, 'protocol') || 'TCP'} ${textAt(port, 'port')}`,
  );
  const pods = canonical(treeAt(spec, 'selector'));
  const external = textsIn(spec.externalIPs).map((address) =>
    open(`whoever reaches ${address}`, ports.join(', ')),
  );
  if (type === 'ExternalName') {
    return [open('pods that ask for its name', `are sent to ${textAt(spec, 'externalName')}`), ...external];
  }
  if (type !== 'NodePort' && type !== 'LoadBalancer') return external;
  const nodes = ports.map((port) => open('whoever reaches the nodes', `${port} of the pods ${pods}`));
  if (type === 'NodePort') return [...external, ...nodes];
  const annotations = treeAt(body, 'metadata', 'annotations');
  const isInternal = /load-balancer-type|load-balancer-internal/;
  const marks = Object.entries(annotations).filter(([name]) => isInternal.test(name));
  const inside = marks.some(([, value]) => /^(internal|true)$/i.test(String(value)));
  const listed = textsIn(spec.loadBalancerSourceRanges);
  const annotated = textAt(annotations, 'service.beta.kubernetes.io/load-balancer-source-ranges');
  const ranges = listed.length > 0 ? listed : annotated.split(',').map((range) => range.trim());
  const addresses = Addresses.of(ranges.filter((range) => range !== ''));
  const isOpen = listed.length === 0 && annotated.trim() === '';
  const isGlobal =
    String(annotations['networking.gke.io/internal-load-balancer-allow-global-access']) === 'true';
  return [
    ...external,
    ...nodes,
    ...ports.flatMap((port) => {
      const what = `${port} of the pods ${pods}`;
      const within = isOpen ? (inside ? Addresses.privateOnes : Addresses.all) : addresses;
      return [
        open(inside ? within.intersect(Addresses.privateOnes) : within, what),
        ...(inside && isGlobal ? [open('other regions of the network', what)] : []),
      ];
    }),
  ];
}

function isInternalClass(name: string): boolean {
  return /internal|private|-rilb|l7-rilb/i.test(name);
}

/** Annotations by which a controller keeps people out, or lets them in. */
const guarding =
  /whitelist|allowlist|denylist|source-range|auth|iap|security|internal|ssl|allow-http|force-https|waf|acl|limit|cors|snippet|oauth|frontend-config|backend-config|v1beta1\.FrontendConfig/i;

/** The annotations that keep people out, as one text. */
export function guards(body: Tree): string {
  const annotations = Object.entries(treeAt(body, 'metadata', 'annotations'));
  const kept = annotations.filter(([name]) => guarding.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return canonical(Object.fromEntries(kept));
}

function ofIngress({ body }: KubernetesObject, open: Open): Permit[] {
  const spec = treeAt(body, 'spec');
  const annotations = treeAt(body, 'metadata', 'annotations');
  const name = textAt(spec, 'ingressClassName') || textAt(annotations, 'kubernetes.io/ingress.class');
  const listed = Object.entries(annotations).find(([key]) => /(whitelist|allowlist)-source-range$/.test(key));
  const ranges = (typeof listed?.[1] === 'string' ? listed[1] : '')
    .split(',')
    .map((range) => range.trim())
    .filter((range) => range !== '');
  const from = isInternalClass(name) ? Addresses.privateOnes : Addresses.all;
  const principal = ranges.length > 0 ? Addresses.of(ranges) : from;
  const to = (backend: unknown) =>
    `${textAt(backend, 'service', 'name') || textAt(backend, 'serviceName') || canonical(backend)}:${textAt(backend, 'service', 'port', 'number') || textAt(backend, 'service', 'port', 'name') || textAt(backend, 'servicePort')}`;
  const rules = treesIn(spec.rules).flatMap((rule) =>
    treesIn(at(rule, 'http', 'paths')).map((path) =>
      open(
        principal,
        `${textAt(rule, 'host') || 'any host'}${textAt(path, 'path') || '/'}${textAt(path, 'pathType') === 'Exact' ? ' exactly' : ''} → ${to(path.backend)}`,
      ),
    ),
  );
  const rest = spec.defaultBackend ?? spec.backend;
  return rest === undefined ? rules : [...rules, open(principal, `any host and path → ${to(rest)}`)];
}

function ofGateway({ body }: KubernetesObject, open: Open): Permit[] {
  const isInside = isInternalClass(textAt(body, 'spec', 'gatewayClassName'));
  const listeners = treesIn(at(body, 'spec', 'listeners'));
  return listeners.flatMap((listener) => {
    const where = `${textAt(listener, 'protocol')} ${textAt(listener, 'port')} ${textAt(listener, 'hostname') || 'any host'}`;
    const from = textAt(listener, 'allowedRoutes', 'namespaces', 'from') || 'Same';
    const routes =
      from === 'Selector'
        ? canonical(at(listener, 'allowedRoutes', 'namespaces', 'selector'))
        : { All: 'every namespace', Same: 'its own namespace' }[from];
    return [
      open(isInside ? network : internet, where),
      ...(isInside ? [] : [open(network, where)]),
      open('routes of its own namespace', `may use ${where}`),
      ...(from === 'Same' ? [] : [open(`routes of ${routes ?? from}`, `may use ${where}`)]),
    ];
  });
}

function ofRoute({ body, kind }: KubernetesObject, open: Open): Permit[] {
  const spec = treeAt(body, 'spec');
  const hosts = textsIn(spec.hostnames);
  const parents = treesIn(spec.parentRefs).map((parent) =>
    `${textAt(parent, 'namespace')}/${textAt(parent, 'name')} ${textAt(parent, 'sectionName')}`.trim(),
  );
  return treesIn(spec.rules).flatMap((rule) => {
    const matches = treesIn(rule.matches);
    const backends = treesIn(rule.backendRefs).map(
      (backend) => `${textAt(backend, 'namespace')}/${textAt(backend, 'name')}:${textAt(backend, 'port')}`,
    );
    const filters = treesIn(rule.filters).map(canonical).join(' ');
    return (matches.length === 0 ? ['everything'] : matches.map(canonical)).flatMap((match) =>
      (hosts.length === 0 ? ['any host'] : hosts).flatMap((host) =>
        parents.flatMap((parent) =>
          (backends.length === 0 ? ['no backend'] : backends).map((backend) =>
            open(
              `whoever reaches ${parent}`,
              `${kind} ${host} ${match} → ${backend}${filters === '' ? '' : ` with ${filters}`}`,
            ),
          ),
        ),
      ),
    );
  });
}

/** By which a service account says whom it acts as: at Google, and at other clouds. */
const accountAnnotations = [
  'iam.gke.io/gcp-service-account',
  'eks.amazonaws.com/role-arn',
  'azure.workload.identity/client-id',
];

/** A service account that names an account of Google may act as it. */
function ofAccount(object: KubernetesObject): Permit[] {
  const principal = `ServiceAccount ${namespaceOf(object)}/${object.name}`;
  const named = accountAnnotations.flatMap((annotation) => {
    const account = textAt(object.body, 'metadata', 'annotations', annotation);
    return account === ''
      ? []
      : [
          {
            target: { key: account.toLowerCase(), shown: `${account} (${object.address})` },
            principal,
            what: 'acts as it',
          },
        ];
  });
  const token = object.body.automountServiceAccountToken === false ? [] : [principal];
  const mounts = token.map(() => ({
    target: { key: object.identity, shown: object.address },
    principal: 'pods that use it',
    what: 'get its token',
  }));
  return [...named, ...mounts];
}

const levels = ['restricted', 'baseline', 'privileged'];

/** What the pods of a namespace may ask for; more than nothing is only `privileged` where no label says a level. */
function ofNamespace({ body }: KubernetesObject, open: Open): Permit[] {
  const labels = treeAt(body, 'metadata', 'labels');
  const level = textAt(labels, 'pod-security.kubernetes.io/enforce') || 'privileged';
  const version = textAt(labels, 'pod-security.kubernetes.io/enforce-version') || 'latest';
  const upTo = levels.slice(0, levels.indexOf(level) + 1);
  return (upTo.length === 0 ? levels : upTo).map((one) =>
    open(
      'pods of the namespace',
      `what the level ${one}${one === 'privileged' || version === 'latest' ? '' : ` of ${version}`} allows`,
    ),
  );
}
