import { type Break, breaksOf, gone } from '../break';

const backend = 'spec.rules[0].backendRefs[0]';
const proxy = 'spec.template.spec.initContainers[cloud-sql-proxy]';
const frontend = 'metadata.annotations["networking.gke.io/v1beta1.FrontendConfig"]';

/** Changes of the way in, of what it leads to, and of what a namespace may have. */
export const ingressBreaks: readonly Break[] = [
  ...breaksOf('gateway.networking.k8s.io/v1/HTTPRoute/orchestration/airflow-main-web', [
    ['spec.rules.0.backendRefs.0.name', 'other', ['TL-NP-008', backend]],
    ['spec.rules.0.backendRefs.0.port', 9090, ['TL-NP-008', backend]],
    ['spec.parentRefs.0.sectionName', 'http', ['TL-WEB-001', 'spec.rules[0]']],
    ['spec.parentRefs.0.sectionName', gone, ['TL-WEB-001', 'spec.rules[0]']],
  ]),
  ...breaksOf('gateway.networking.k8s.io/v1/HTTPRoute/orchestration/web-redirect', [
    ['spec.rules.0.filters', [], ['TL-WEB-001', 'spec.rules[0]']],
  ]),
  ...breaksOf('networking.k8s.io/v1/NetworkPolicy/orchestration/airflow-main-web', [
    ['spec.ingress.0.from', [{ ipBlock: { cidr: '35.191.0.0/16' } }], ['TL-NP-008', backend]],
    ['spec.ingress.0.ports.0.port', 8081, ['TL-NP-008', backend]],
  ]),
  ...breaksOf('networking.k8s.io/v1/NetworkPolicy/orchestration/airflow-main', [
    ['spec.egress.3.ports.0.port', 5432, ['TL-NP-007', proxy]],
    ['spec.egress.3.to.0.ipBlock.except', ['10.80.128.0/19'], ['TL-NP-007', proxy]],
    ['spec.egress.2.to.0.ipBlock.cidr', '203.0.113.0/24', ['TL-NP-007', proxy]],
  ]),
  ...breaksOf('networking.k8s.io/v1/NetworkPolicy/orchestration/allow-dns', [
    ['spec.egress.0.to', [{ ipBlock: { cidr: '169.254.20.10/32' } }], ['TL-NP-007', proxy]],
  ]),
  ...breaksOf('networking.k8s.io/v1/Ingress/orchestration/web', [
    [
      ['metadata', 'annotations', 'networking.gke.io/v1beta1.FrontendConfig'],
      gone,
      ['TL-WEB-001', frontend],
      ['TL-WEB-002', frontend],
    ],
  ]),
  ...breaksOf('networking.gke.io/v1beta1/FrontendConfig/orchestration/web', [
    ['spec.redirectToHttps.enabled', false, ['TL-WEB-001', frontend]],
    ['spec.sslPolicy', gone, ['TL-WEB-002', frontend]],
  ]),
  ...breaksOf('networking.gke.io/v1/GCPGatewayPolicy/orchestration/web', [
    ['spec.default.sslPolicy', gone, ['TL-WEB-002', 'spec.listeners']],
    ['spec.default.sslPolicy', 'elsewhere', ['TL-WEB-002', 'spec.listeners']],
  ]),
  ...breaksOf('gateway.networking.k8s.io/v1/Gateway/orchestration/web', [
    ['spec.addresses.0.value', 'elsewhere', ['TL-WEB-003', 'spec.addresses[0].value']],
    // The address is global, and this load balancer takes regional ones, and no map.
    ['spec.gatewayClassName', 'gke-l7-regional-external-managed', ['TL-WEB-003', 'spec.addresses[0].value']],
    [
      ['metadata', 'annotations', 'networking.gke.io/certmap'],
      'elsewhere',
      ['TL-WEB-003', 'metadata.annotations["networking.gke.io/certmap"]'],
    ],
  ]),
  ...breaksOf('networking.gke.io/v1/GCPBackendPolicy/orchestration/airflow-main-web', [
    ['spec.default.securityPolicy', 'elsewhere', 'TL-WEB-003'],
  ]),
  ...breaksOf('v1/ResourceQuota/orchestration/limits', [
    ['spec.hard.pods', '3', ['TL-NS-004', 'spec.hard["pods"]']],
    [['spec', 'hard', 'requests.cpu'], '1', ['TL-NS-004', 'spec.hard["requests.cpu"]']],
    [['spec', 'hard', 'services.loadbalancers'], gone, ['TL-NS-005', 'metadata.name']],
  ]),
  ...breaksOf('v1/LimitRange/orchestration/limits', [['spec.limits', [], ['TL-NS-005', 'metadata.name']]]),
];
