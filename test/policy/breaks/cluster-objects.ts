import { type Break, breaksOf, gone } from '../break';

/** How each rule on the other objects of a cluster is broken, starting from the compliant fixture. */
export const clusterObjectBreaks: readonly Break[] = [
  ...breaksOf('networking.k8s.io/v1/NetworkPolicy/orchestration/airflow-main', [
    ['spec.ingress.0.from', [], ['TL-NP-001', 'spec.ingress[0].from']],
    ['spec.ingress.0.from', [{ namespaceSelector: {} }], ['TL-NP-001', 'spec.ingress[0].from']],
    [
      'spec.ingress.0.from',
      [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }],
      ['TL-NP-001', 'spec.ingress[0].from'],
    ],
    ['spec.ingress.0.ports', [], ['TL-NP-004', 'spec.ingress[0].ports']],
    [
      'spec.egress.2.to',
      [{ ipBlock: { cidr: '0.0.0.0/1' } }, { ipBlock: { cidr: '128.0.0.0/1' } }],
      ['TL-NP-002', 'spec.egress[2].to'],
    ],
    ['spec.egress.2.ports', [], ['TL-NP-002', 'spec.egress[2].ports'], ['TL-NP-004', 'spec.egress[2].ports']],
    [
      'spec.policyTypes',
      ['Ingress'],
      'TL-NP-005',
      ['TL-NP-007', 'spec.template.spec.initContainers[cloud-sql-proxy]'],
    ],
    ['spec.podSelector', {}, ['TL-NP-006', 'spec.egress[1]']],
  ]),
  ...breaksOf('networking.k8s.io/v1/NetworkPolicy/orchestration/allow-dns', [
    ['spec.egress.0.to', [], ['TL-NP-002', 'spec.egress[0].to']],
    ['spec.egress.0.ports', [], ['TL-NP-004', 'spec.egress[0].ports']],
  ]),
  ...breaksOf('networking.k8s.io/v1/NetworkPolicy/orchestration/default-deny', [
    ['spec.policyTypes', ['Ingress'], 'TL-NP-005', ['TL-NS-002', 'metadata.name']],
    ['spec.podSelector', { matchLabels: { app: 'web' } }, ['TL-NS-002', 'metadata.name']],
    [
      'spec.egress',
      [{}],
      ['TL-NP-002', 'spec.egress[0].to'],
      ['TL-NP-004', 'spec.egress[0].ports'],
      ['TL-NS-002', 'metadata.name'],
    ],
  ]),
  ...breaksOf('v1/Namespace//orchestration', [
    [
      ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'],
      'baseline',
      ['TL-NS-001', 'metadata.labels["pod-security.kubernetes.io/enforce"]'],
    ],
    [
      ['metadata', 'labels', 'pod-security.kubernetes.io/audit'],
      'privileged',
      ['TL-NS-001', 'metadata.labels["pod-security.kubernetes.io/audit"]'],
    ],
    [
      ['metadata', 'labels', 'pod-security.kubernetes.io/warn'],
      gone,
      ['TL-NS-001', 'metadata.labels["pod-security.kubernetes.io/warn"]'],
    ],
    [
      ['metadata', 'labels', 'pod-security.kubernetes.io/enforce-version'],
      gone,
      ['TL-NS-001', 'metadata.labels["pod-security.kubernetes.io/enforce-version"]'],
    ],
    [
      ['metadata', 'labels', 'pod-security.kubernetes.io/audit-version'],
      gone,
      ['TL-NS-001', 'metadata.labels["pod-security.kubernetes.io/audit-version"]'],
    ],
    [
      ['metadata', 'labels', 'pod-security.kubernetes.io/warn-version'],
      gone,
      ['TL-NS-001', 'metadata.labels["pod-security.kubernetes.io/warn-version"]'],
    ],
    ['metadata.name', 'other', 'TL-NS-002', 'TL-NS-005'],
  ]),
  ...breaksOf('apps/v1/Deployment/orchestration/airflow-main-api-server', [
    ['spec.template.spec.serviceAccountName', 'plain', ['TL-NP-003', 'spec.egress[0].to']],
    // Prometheus then looks for its pods in vain.
    ['metadata.namespace', gone, 'TL-NS-003', ['TL-MON-006', 'spec.selector']],
    ['metadata.namespace', 'default', 'TL-NS-003', ['TL-MON-006', 'spec.selector']],
  ]),
  ...breaksOf('v1/ServiceAccount/orchestration/airflow-main', [
    ['automountServiceAccountToken', true, 'TL-SA-001'],
    ['automountServiceAccountToken', gone, 'TL-SA-001'],
    [
      ['metadata', 'annotations', 'iam.gke.io/gcp-service-account'],
      'other@acme-data.iam.gserviceaccount.com',
      ['TL-SA-002', 'metadata.annotations["iam.gke.io/gcp-service-account"]'],
    ],
  ]),
  ...breaksOf('v1/Service/orchestration/airflow-main-api-server', [
    ['spec.type', 'NodePort', 'TL-SVC-001'],
    ['spec.type', 'LoadBalancer', ['TL-SVC-001', 'spec.loadBalancerSourceRanges']],
    ['spec.externalIPs', ['203.0.113.7'], 'TL-SVC-001'],
    ['metadata.namespace', gone, 'TL-NS-003', ['TL-NP-008', 'spec.rules[0].backendRefs[0]']],
  ]),
  ...breaksOf('networking.k8s.io/v1/Ingress/orchestration/web', [['spec.tls', [], 'TL-K8S-002']]),
  ...breaksOf('gateway.networking.k8s.io/v1/Gateway/orchestration/web', [
    ['spec.listeners', [{ name: 'http', port: 80, protocol: 'HTTP' }], 'TL-K8S-002'],
  ]),
  ...breaksOf('rbac.authorization.k8s.io/v1/Role/orchestration/reader', [
    ['rules.0.verbs', ['*'], ['TL-RBAC-001', 'rules[0].verbs']],
    ['rules.0.resources', ['*'], ['TL-RBAC-001', 'rules[0].resources']],
    ['rules.0.verbs', ['impersonate'], ['TL-RBAC-001', 'rules[0].verbs']],
  ]),
  ...breaksOf('rbac.authorization.k8s.io/v1/RoleBinding/orchestration/reader', [
    ['roleRef.name', 'cluster-admin', 'TL-RBAC-002'],
    ['subjects.0.name', 'system:authenticated', ['TL-RBAC-002', 'subjects[0].name']],
    ['subjects.0', { kind: 'ServiceAccount', name: 'default' }, ['TL-RBAC-002', 'subjects[0].name']],
  ]),
  ...breaksOf('v1/ConfigMap/orchestration/settings', [
    ['data', { API_KEY: 'abc' }, ['TL-K8S-001', 'data["API_KEY"]']],
  ]),
  ...breaksOf('v1/ConfigMap/orchestration/runner', [
    [
      'data',
      { 'config.toml': '[[runners]]\n[runners.kubernetes]\n  privileged = true\n' },
      ['TL-RUN-004', 'data["config.toml"]'],
    ],
    [
      'data',
      { 'config.toml': '[[runners]]\n[runners.kubernetes]\nservice_account_overwrite_allowed = ".*"\n' },
      ['TL-RUN-004', 'data["config.toml"]'],
    ],
  ]),
  ...breaksOf('monitoring.googleapis.com/v1/PodMonitoring/orchestration/api-server', [
    ['spec.selector.matchLabels', { app: 'away' }, ['TL-MON-006', 'spec.selector']],
    ['spec.endpoints.0.port', 'metrics', ['TL-MON-006', 'spec.endpoints[0].port']],
  ]),
  ...breaksOf('monitoring.googleapis.com/v1/Rules/orchestration/alerts', [
    ['spec.groups.0.rules.0.labels', {}, ['TL-MON-007', 'spec.groups[0].rules[0].labels.severity']],
    [
      'spec.groups.0.rules.0.annotations',
      gone,
      ['TL-MON-007', 'spec.groups[0].rules[0].annotations.summary'],
    ],
  ]),
];
