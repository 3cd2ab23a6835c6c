import type { Default, Defaults } from './default';

const rbac = 'rbac.authorization.k8s.io';

const isReachable = (type: unknown) => type === 'NodePort' || type === 'LoadBalancer';

/** What a Service has unless it is only a name. */
const unlessName =
  (value: unknown): Default =>
  ({ parent }) =>
    parent.type === 'ExternalName' ? undefined : value;

const webhook = {
  failurePolicy: 'Fail',
  matchPolicy: 'Equivalent',
  timeoutSeconds: 10,
  namespaceSelector: {},
  objectSelector: {},
} satisfies Defaults[string];

const match = {
  matchPolicy: 'Equivalent',
  namespaceSelector: {},
  objectSelector: {},
} satisfies Defaults[string];

/**
 * Network, storage, access and the rest of a cluster.
 * @see https://github.com/kubernetes/kubernetes/tree/v1.33.1/pkg/apis the files v1/defaults.go of each
 */
export const cluster: Defaults = {
  'core.Secret': { type: 'Opaque' },
  'core.ServiceSpec': {
    type: 'ClusterIP',
    sessionAffinity: 'None',
    internalTrafficPolicy: unlessName('Cluster'),
    ipFamilies: unlessName(['IPv4']),
    ipFamilyPolicy: unlessName('SingleStack'),
    clusterIPs: ({ parent }) => (typeof parent.clusterIP === 'string' ? [parent.clusterIP] : undefined),
    externalTrafficPolicy: ({ parent }) => (isReachable(parent.type) ? 'Cluster' : undefined),
    allocateLoadBalancerNodePorts: ({ parent }) => (parent.type === 'LoadBalancer' ? true : undefined),
    sessionAffinityConfig: ({ parent }) =>
      parent.sessionAffinity === 'ClientIP' ? { clientIP: { timeoutSeconds: 10800 } } : undefined,
  },
  'core.ClientIPConfig': { timeoutSeconds: 10800 },
  'core.ServicePort': {
    protocol: 'TCP',
    targetPort: ({ parent }) => parent.port,
  },
  'core.EndpointPort': { protocol: 'TCP' },
  'discovery.EndpointPort': { protocol: 'TCP', name: '' },
  'networking.NetworkPolicySpec': {
    podSelector: {},
    policyTypes: ({ parent }) =>
      Array.isArray(parent.egress) && parent.egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'],
  },
  'networking.NetworkPolicyPort': { protocol: 'TCP' },
  'networking.IngressClassParametersReference': { scope: 'Cluster' },
  'core.PersistentVolumeSpec': { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' },
  'core.PersistentVolumeClaim': { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
  'core.PersistentVolumeClaimSpec': { volumeMode: 'Filesystem' },
  'storage.StorageClass': { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
  'storage.CSIDriverSpec': {
    attachRequired: true,
    podInfoOnMount: false,
    storageCapacity: false,
    fsGroupPolicy: 'ReadWriteOnceWithFSType',
    volumeLifecycleModes: ['Persistent'],
    requiresRepublish: false,
    seLinuxMount: false,
  },
  'rbac.RoleRef': { apiGroup: rbac },
  'rbac.Subject': { apiGroup: ({ parent }) => (parent.kind === 'ServiceAccount' ? '' : rbac) },
  'scheduling.PriorityClass': { preemptionPolicy: 'PreemptLowerPriority' },
  'flowcontrol.FlowSchemaSpec': { matchingPrecedence: 1000 },
  'admissionregistration.ValidatingWebhook': webhook,
  'admissionregistration.MutatingWebhook': { ...webhook, reinvocationPolicy: 'Never' },
  'admissionregistration.ServiceReference': { port: 443 },
  'admissionregistration.RuleWithOperations': { scope: '*' },
  'admissionregistration.NamedRuleWithOperations': { scope: '*' },
  'admissionregistration.MatchResources': match,
  'admissionregistration.ValidatingAdmissionPolicySpec': { failurePolicy: 'Fail', matchConstraints: match },
  'apiextensions.CustomResourceDefinitionSpec': { conversion: { strategy: 'None' } },
  'apiextensions.CustomResourceConversion': { strategy: 'None' },
  'apiextensions.CustomResourceDefinitionNames': {
    singular: ({ parent }) => String(parent.kind).toLowerCase(),
    listKind: ({ parent }) => `${String(parent.kind)}List`,
  },
  'apiextensions.ServiceReference': { port: 443 },
};
