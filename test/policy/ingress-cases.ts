import type { Case } from './cases';
import { cluster } from './fixture';

const metadata = (name: string, more: object = {}) => ({ name, namespace: 'n', ...more });
const policy = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata('p'),
  spec,
});
const workload = (kind: string, spec: object) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: metadata('a'),
  spec,
});
const quota = (hard: object) => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: metadata('q'),
  spec: { hard },
});
const container = (cpu: string, more: object = {}) => ({
  name: `c${cpu}`,
  resources: { requests: { cpu } },
  ...more,
});
const template = (spec: object) => ({ template: { metadata: { labels: { app: 'a' } }, spec } });
const proxied = workload(
  'Deployment',
  template({ initContainers: [{ name: 'cloud-sql-proxy' }], containers: [] }),
);
const everything = { podSelector: {}, policyTypes: ['Egress'], egress: [{}] };

const gateway = (gatewayClassName: string) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: metadata('g'),
  spec: {
    gatewayClassName,
    listeners: [
      { name: 'http', protocol: 'HTTP' },
      { name: 'https', protocol: 'HTTPS' },
    ],
  },
});
const route = (parent: object, rule: object = {}) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: metadata('r'),
  spec: { parentRefs: [parent], rules: [{ backendRefs: [{ name: 's', port: 80 }], ...rule }] },
});
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata('s'),
  spec: { selector: { app: 'a' }, ports: [{ port: 80, targetPort: 'http' }] },
};
const served = workload(
  'Deployment',
  template({ containers: [{ name: 'c', ports: [{ name: 'http', containerPort: 8080 }] }] }),
);
const letIn = (port: unknown) =>
  policy({
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [{ ipBlock: { cidr: '35.191.0.0/16' } }, { ipBlock: { cidr: '130.211.0.0/22' } }],
        ports: [{ port }],
      },
    ],
  });
const routeAddress = 'gateway.networking.k8s.io/v1/HTTPRoute/n/r';
const quotaAddress = 'v1/ResourceQuota/n/q';

/** What no change of the compliant fixture shows of the way in and of quotas. */
export const ingressCases: readonly Case[] = [
  {
    rule: 'TL-NP-007',
    title: 'a proxy that no policy chooses',
    context: cluster(proxied),
    address: 'apps/v1/Deployment/n/a',
    outcome: 'compliant',
  },
  {
    rule: 'TL-NP-007',
    title: 'a proxy that one policy closes and another opens',
    context: cluster(proxied, policy({ podSelector: {}, policyTypes: ['Egress'] }), policy(everything)),
    address: 'apps/v1/Deployment/n/a',
    outcome: 'compliant',
  },
  {
    rule: 'TL-NP-007',
    title: 'a proxy that is opened for other pods',
    context: cluster(
      proxied,
      policy({ podSelector: {}, policyTypes: ['Egress'] }),
      policy({ ...everything, podSelector: { matchLabels: { app: 'b' } } }),
    ),
    address: 'apps/v1/Deployment/n/a',
    outcome: 'non-compliant',
    paths: Array.from({ length: 3 }, () => 'spec.template.spec.initContainers[cloud-sql-proxy]'),
  },
  {
    rule: 'TL-NP-008',
    title: 'a port that is let in by its name',
    context: cluster(
      gateway('gke-l7-global-external-managed'),
      route({ name: 'g' }),
      service,
      served,
      letIn('http'),
    ),
    address: routeAddress,
    outcome: 'compliant',
  },
  {
    rule: 'TL-NP-008',
    title: 'the port of the Service let in, where the pods have another',
    context: cluster(
      gateway('gke-l7-global-external-managed'),
      route({ name: 'g' }),
      service,
      served,
      letIn(80),
    ),
    address: routeAddress,
    outcome: 'non-compliant',
    paths: ['spec.rules[0].backendRefs[0]', 'spec.rules[0].backendRefs[0]'],
  },
  {
    rule: 'TL-NP-008',
    title: 'a Gateway of others, whose pods may come from anywhere',
    context: cluster(gateway('istio'), route({ name: 'g' }), service, served, letIn(80)),
    address: routeAddress,
    outcome: 'compliant',
  },
  {
    rule: 'TL-WEB-001',
    title: 'a route that redirects to another host, by HTTP',
    context: cluster(
      gateway('istio'),
      route({ name: 'g', sectionName: 'http' }, { filters: [{ requestRedirect: { hostname: 'b' } }] }),
    ),
    address: routeAddress,
    outcome: 'non-compliant',
    paths: ['spec.rules[0]'],
  },
  {
    rule: 'TL-WEB-001',
    title: 'a route of the listener for HTTPS',
    context: cluster(gateway('istio'), route({ name: 'g', sectionName: 'https' })),
    address: routeAddress,
    outcome: 'compliant',
  },
  {
    rule: 'TL-WEB-002',
    title: 'a Gateway of others, which has settings of its own',
    context: cluster(gateway('istio')),
    address: 'gateway.networking.k8s.io/v1/Gateway/n/g',
    outcome: 'compliant',
  },
  {
    rule: 'TL-WEB-003',
    title: 'a name where only manifests are judged',
    context: cluster({
      ...service,
      metadata: metadata('s', { annotations: { 'networking.gke.io/load-balancer-ip-addresses': 'west' } }),
    }),
    address: 'v1/Service/n/s',
    outcome: 'compliant',
  },
  {
    rule: 'TL-NS-004',
    title: 'a quota that the sidecars make too small',
    context: cluster(
      quota({ 'requests.cpu': '1' }),
      workload(
        'StatefulSet',
        template({
          containers: [container('1')],
          initContainers: [container('50m', { restartPolicy: 'Always' })],
        }),
      ),
    ),
    address: quotaAddress,
    outcome: 'non-compliant',
    paths: ['spec.hard["requests.cpu"]'],
  },
  {
    rule: 'TL-NS-004',
    title: 'a quota that only an init container needs',
    context: cluster(
      quota({ cpu: '1' }),
      workload('Job', {
        parallelism: 2,
        ...template({ containers: [container('100m')], initContainers: [container('600m')] }),
      }),
    ),
    address: quotaAddress,
    outcome: 'non-compliant',
    paths: ['spec.hard["cpu"]'],
  },
  {
    rule: 'TL-NS-004',
    title: 'a quota that is met exactly, with a pod more while a new version comes',
    context: cluster(
      quota({ 'requests.cpu': '3', pods: '3' }),
      workload('Deployment', {
        replicas: 2,
        strategy: { rollingUpdate: { maxSurge: 1 } },
        ...template({ containers: [container('1')] }),
      }),
    ),
    address: quotaAddress,
    outcome: 'compliant',
  },
  {
    rule: 'TL-NS-004',
    title: 'a quota that the autoscaler may outgrow',
    context: cluster(
      quota({ pods: '4' }),
      workload('Deployment', { strategy: { type: 'Recreate' }, ...template({ containers: [] }) }),
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: metadata('h'),
        spec: { maxReplicas: 5, scaleTargetRef: { kind: 'Deployment', name: 'a' } },
      },
    ),
    address: quotaAddress,
    outcome: 'non-compliant',
    paths: ['spec.hard["pods"]'],
  },
  {
    rule: 'TL-NS-004',
    title: 'a quota of another namespace',
    context: cluster(quota({ pods: '1' }), {
      ...workload('StatefulSet', { replicas: 9, ...template({ containers: [] }) }),
      metadata: { name: 'a', namespace: 'm' },
    }),
    address: quotaAddress,
    outcome: 'compliant',
  },
];
