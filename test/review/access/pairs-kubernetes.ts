import type { AccessPair } from '../../support/access-corpus';

const object = (kind: string, name: string, rest: object, apiVersion = 'v1', metadata: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'app', ...metadata },
  ...rest,
});
const rbac = 'rbac.authorization.k8s.io/v1';
const role = (rules: readonly object[]) => object('Role', 'reader', { rules }, rbac);
const binding = (subjects: readonly object[], roleRef: object = { kind: 'Role', name: 'reader' }) =>
  object(
    'RoleBinding',
    'readers',
    { subjects, roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...roleRef } },
    rbac,
  );
const worker = { kind: 'ServiceAccount', name: 'worker', namespace: 'app' };
const get = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const policy = (spec: object, name = 'one') =>
  object('NetworkPolicy', name, { spec }, 'networking.k8s.io/v1');
const closed = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'deny');
const service = (spec: object, metadata: object = {}) =>
  object(
    'Service',
    'web',
    { spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec } },
    'v1',
    metadata,
  );
const account = (annotations: object) =>
  object('ServiceAccount', 'worker', { automountServiceAccountToken: false }, 'v1', { annotations });
const space = (labels: object) => object('Namespace', 'app', {}, 'v1', { namespace: undefined, labels });
const safe = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
const workload = (pod: object, context: object = safe) =>
  object(
    'Deployment',
    'web',
    {
      spec: {
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            serviceAccountName: 'web',
            containers: [{ name: 'web', image: 'web', securityContext: context }],
            ...pod,
          },
        },
      },
    },
    'apps/v1',
  );
const gateway = (allowed: object, className = 'gke-l7-regional-external-managed') =>
  object(
    'Gateway',
    'web',
    {
      spec: {
        gatewayClassName: className,
        listeners: [
          {
            name: 'https',
            protocol: 'HTTPS',
            port: 443,
            hostname: 'a.x.com',
            allowedRoutes: { namespaces: allowed },
          },
        ],
      },
    },
    'gateway.networking.k8s.io/v1',
  );
const route = (hostnames: readonly string[], backend = 'web') =>
  object(
    'HTTPRoute',
    'web',
    {
      spec: {
        parentRefs: [{ name: 'web' }],
        hostnames,
        rules: [{ backendRefs: [{ name: backend, port: 80 }] }],
      },
    },
    'gateway.networking.k8s.io/v1',
  );

const as = 'ServiceAccount app/worker';
const from = (...peers: readonly object[]) =>
  policy({ podSelector: { matchLabels: { app: 'web' } }, ingress: [{ from: peers, ports: [{ port: 80 }] }] });

/** Manifests: what changed, and who may do more or less by it. */
export const kubernetesPairs: readonly AccessPair[] = [
  // Roles and bindings.
  {
    name: 'a verb more',
    before: [role([get]), binding([worker])],
    after: [role([{ ...get, verbs: ['get', 'delete'] }]), binding([worker])],
    rows: [[as, 'namespace app', 'broadened']],
  },
  {
    name: 'a rule is cut in two',
    before: [role([{ ...get, verbs: ['get', 'list'] }]), binding([worker])],
    after: [role([get, { ...get, verbs: ['list'] }]), binding([worker])],
    rows: [],
  },
  {
    name: 'a wildcard for names',
    before: [role([{ ...get, verbs: ['*'] }]), binding([worker])],
    after: [role([{ ...get, verbs: ['get', 'list', 'watch'] }]), binding([worker])],
    rows: [[as, 'namespace app', 'narrowed']],
  },
  {
    name: 'the names of objects are not asked any more',
    before: [role([{ ...get, resourceNames: ['one'] }]), binding([worker])],
    after: [role([get]), binding([worker])],
    rows: [[as, 'namespace app', 'broadened']],
  },
  {
    name: 'a subject more',
    before: [role([get]), binding([worker])],
    after: [role([get]), binding([worker, { kind: 'Group', name: 'system:authenticated' }])],
    rows: [['system:authenticated', 'namespace app', 'broadened']],
  },
  {
    name: 'a subject by its other name',
    before: [role([get]), binding([worker])],
    after: [role([get]), binding([{ kind: 'User', name: 'system:serviceaccount:app:worker' }])],
    rows: [],
  },
  {
    name: 'a binding to what comes with Kubernetes',
    before: [binding([worker], { kind: 'ClusterRole', name: 'view' })],
    after: [
      object(
        'RoleBinding',
        'other',
        { subjects: [worker], roleRef: { kind: 'ClusterRole', name: 'edit' } },
        rbac,
      ),
    ],
    rows: [[as, 'namespace app', 'broadened']],
  },
  {
    name: 'everything, everywhere',
    before: [],
    after: [
      object(
        'ClusterRoleBinding',
        'all',
        { subjects: [worker], roleRef: { kind: 'ClusterRole', name: 'cluster-admin' } },
        rbac,
        { namespace: undefined },
      ),
    ],
    rows: [[as, 'the whole cluster', 'broadened']],
  },
  {
    name: 'what the cluster grants, the namespace need not',
    before: [
      object('ClusterRole', 'r', { rules: [get] }, rbac),
      object(
        'ClusterRoleBinding',
        'all',
        { subjects: [worker], roleRef: { kind: 'ClusterRole', name: 'r' } },
        rbac,
      ),
    ],
    after: [
      object('ClusterRole', 'r', { rules: [get] }, rbac),
      object(
        'ClusterRoleBinding',
        'all',
        { subjects: [worker], roleRef: { kind: 'ClusterRole', name: 'r' } },
        rbac,
      ),
      role([get]),
      binding([worker]),
    ],
    rows: [],
  },
  {
    name: 'a role that nobody here is bound to',
    before: [object('ClusterRole', 'r', { rules: [get] }, rbac)],
    after: [object('ClusterRole', 'r', { rules: [{ ...get, verbs: ['get', 'escalate'] }] }, rbac)],
    rows: [['whoever is bound to ClusterRole r', 'ClusterRole', 'broadened']],
  },
  {
    name: 'a role joins one that comes with Kubernetes',
    before: [],
    after: [
      object('ClusterRole', 'more', { rules: [get] }, rbac, {
        labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' },
      }),
    ],
    rows: [
      ['ClusterRole view', 'view', 'broadened'],
      ['ClusterRole edit', 'edit', 'broadened'],
      ['ClusterRole admin', 'admin', 'broadened'],
    ],
  },
  // Network policies.
  {
    name: 'the denial by default goes',
    before: [closed],
    after: [],
    rows: [['', 'any pod of namespace app', 'broadened']],
  },
  {
    name: 'a denial by default comes',
    before: [],
    after: [closed],
    rows: [['', 'any pod of namespace app', 'narrowed']],
  },
  {
    name: 'a peer more',
    before: [closed, from({ podSelector: { matchLabels: { app: 'a' } } })],
    after: [
      closed,
      from({ podSelector: { matchLabels: { app: 'a' } } }, { podSelector: { matchLabels: { app: 'b' } } }),
    ],
    rows: [['pods app=b of namespace app', 'app=web', 'broadened']],
  },
  {
    name: 'peers of every namespace',
    before: [closed, from({ podSelector: { matchLabels: { app: 'a' } } })],
    after: [closed, from({ podSelector: { matchLabels: { app: 'a' } }, namespaceSelector: {} })],
    rows: [['pods app=a of any other namespace', 'app=web', 'broadened']],
  },
  {
    name: 'a selector in other words',
    before: [closed, from({ podSelector: { matchLabels: { app: 'a' } } })],
    after: [
      closed,
      from({ podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['a'] }] } }),
    ],
    rows: [],
  },
  {
    name: 'an exception is taken out',
    before: [closed, from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.9.0.0/16'] } })],
    after: [closed, from({ ipBlock: { cidr: '10.0.0.0/8' } })],
    rows: [['10.9.0.0/16', 'app=web', 'broadened']],
  },
  {
    name: 'no ports any more',
    before: [
      closed,
      policy({ podSelector: {}, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }] }),
    ],
    after: [closed, policy({ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] })],
    rows: [['any pod of namespace app', 'any pod of namespace app', 'broadened']],
  },
  {
    name: 'a policy says nothing of what goes out any more',
    before: [policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })],
    after: [policy({ podSelector: {}, policyTypes: ['Ingress'] })],
    rows: [['', 'egress of any pod', 'broadened']],
  },
  {
    name: 'two policies say what one said',
    before: [
      closed,
      from({ podSelector: { matchLabels: { app: 'a' } } }, { ipBlock: { cidr: '10.0.0.0/8' } }),
    ],
    after: [
      closed,
      from({ podSelector: { matchLabels: { app: 'a' } } }),
      policy(
        {
          podSelector: { matchLabels: { app: 'web' } },
          ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80, protocol: 'TCP' }] }],
        },
        'two',
      ),
    ],
    rows: [],
  },
  {
    name: 'a workload leaves the policy that held it back',
    before: [
      policy({ podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] }),
      object('Pod', 'x', { spec: {} }, 'v1', { labels: { app: 'web' } }),
    ],
    after: [
      policy({ podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] }),
      object('Pod', 'x', { spec: {} }, 'v1', { labels: { app: 'other' } }),
    ],
    rows: [['', 'Pod app/x', 'broadened']],
  },
  // Identity.
  {
    name: 'a service account acts as an account of Google',
    before: [account({})],
    after: [account({ 'iam.gke.io/gcp-service-account': 'loader@p.iam.gserviceaccount.com' })],
    rows: [[as, 'loader@p.iam.gserviceaccount.com', 'broadened']],
  },
  {
    name: 'a service account acts as another',
    before: [account({ 'iam.gke.io/gcp-service-account': 'one@p.iam.gserviceaccount.com' })],
    after: [account({ 'iam.gke.io/gcp-service-account': 'two@p.iam.gserviceaccount.com' })],
    rows: [
      [as, 'two@', 'broadened'],
      [as, 'one@', 'narrowed'],
    ],
  },
  // What is open to the outside.
  {
    name: 'a service gets a load balancer',
    before: [service({})],
    after: [service({ type: 'LoadBalancer' })],
    rows: [
      ['0.0.0.0/0', 'Service/app/web', 'broadened'],
      ['the nodes', 'Service/app/web', 'broadened'],
    ],
  },
  {
    name: 'an internal load balancer becomes external',
    before: [
      service(
        { type: 'LoadBalancer' },
        { annotations: { 'networking.gke.io/load-balancer-type': 'Internal' } },
      ),
    ],
    after: [service({ type: 'LoadBalancer' })],
    rows: [['', 'Service/app/web', 'broadened']],
  },
  {
    name: 'the ranges of a load balancer grow',
    before: [service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0/25'] })],
    after: [service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0/24'] })],
    rows: [['203.0.113.128/25', 'Service/app/web', 'broadened']],
  },
  { name: 'a service within the cluster', before: [], after: [service({})], rows: [] },
  {
    name: 'a gateway takes routes of every namespace',
    before: [gateway({ from: 'Same' })],
    after: [gateway({ from: 'All' })],
    rows: [['every namespace', 'Gateway/app/web', 'broadened']],
  },
  {
    name: 'a gateway goes to the internet',
    before: [gateway({ from: 'Same' }, 'gke-l7-rilb')],
    after: [gateway({ from: 'Same' })],
    rows: [['the internet', 'Gateway/app/web', 'broadened']],
  },
  {
    name: 'a host more',
    before: [route(['a.x.com'])],
    after: [route(['a.x.com', 'b.x.com'])],
    rows: [['', 'HTTPRoute/app/web', 'broadened']],
  },
  {
    name: 'a route leads elsewhere',
    before: [route(['a.x.com'])],
    after: [route(['a.x.com'], 'admin')],
    rows: [['', 'HTTPRoute/app/web', 'mixed']],
  },
  {
    name: 'an ingress gets a path',
    before: [
      object(
        'Ingress',
        'web',
        { spec: { rules: [{ host: 'a', http: { paths: [] } }] } },
        'networking.k8s.io/v1',
      ),
    ],
    after: [
      object(
        'Ingress',
        'web',
        {
          spec: {
            rules: [
              {
                host: 'a',
                http: {
                  paths: [
                    {
                      path: '/',
                      pathType: 'Prefix',
                      backend: { service: { name: 'web', port: { number: 80 } } },
                    },
                  ],
                },
              },
            ],
          },
        },
        'networking.k8s.io/v1',
      ),
    ],
    rows: [['', 'Ingress/app/web', 'broadened']],
  },
  {
    name: 'a policy of a backend that nobody reads here',
    before: [
      object(
        'GCPBackendPolicy',
        'iap',
        { spec: { default: { iap: { enabled: true } } } },
        'networking.gke.io/v1',
      ),
    ],
    after: [
      object(
        'GCPBackendPolicy',
        'iap',
        { spec: { default: { iap: { enabled: false } } } },
        'networking.gke.io/v1',
      ),
    ],
    rows: [['', 'GCPBackendPolicy/app/iap', 'unknown']],
  },
  // Pods.
  {
    name: 'a pod shares the network of its node',
    before: [workload({})],
    after: [workload({ hostNetwork: true })],
    rows: [['its pods', 'Deployment/app/web', 'broadened']],
  },
  {
    name: 'a container gets everything',
    before: [workload({})],
    after: [workload({}, { ...safe, privileged: true })],
    rows: [['its pods', 'Deployment/app/web', 'broadened']],
  },
  {
    name: 'a container gives up root',
    before: [workload({}, {})],
    after: [workload({})],
    rows: [['its pods', 'Deployment/app/web', 'narrowed']],
  },
  {
    name: 'a pod acts as another account',
    before: [workload({})],
    after: [workload({ serviceAccountName: 'admin' })],
    rows: [['its pods', 'Deployment/app/web', 'mixed']],
  },
  {
    name: 'a new image is nobody’s access',
    before: [workload({})],
    after: [workload({ terminationGracePeriodSeconds: 5 })],
    rows: [],
  },
  {
    name: 'a namespace lets pods do more',
    before: [space({ 'pod-security.kubernetes.io/enforce': 'restricted' })],
    after: [space({ 'pod-security.kubernetes.io/enforce': 'baseline' })],
    rows: [['pods of the namespace', 'Namespace//app', 'broadened']],
  },
  {
    name: 'a namespace says no level any more',
    before: [space({ 'pod-security.kubernetes.io/enforce': 'restricted' })],
    after: [space({})],
    rows: [['pods of the namespace', 'Namespace//app', 'broadened']],
  },
];
