import { type Break, breaksOf, gone } from '../break';

/** How each rule on what a pod may do is broken, starting from the compliant fixture. */
export const podSecurityBreaks: readonly Break[] = [
  ...breaksOf('apps/v1/Deployment/orchestration/airflow-main-api-server', [
    [
      'spec.template.spec.containers.0.securityContext.allowPrivilegeEscalation',
      true,
      ['TL-POD-001', 'spec.template.spec.containers[api-server].securityContext.allowPrivilegeEscalation'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.allowPrivilegeEscalation',
      gone,
      ['TL-POD-001', 'spec.template.spec.containers[api-server].securityContext.allowPrivilegeEscalation'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.privileged',
      true,
      ['TL-POD-001', 'spec.template.spec.containers[api-server].securityContext.privileged'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.privileged',
      gone,
      ['TL-POD-020', 'spec.template.spec.containers[api-server].securityContext.privileged'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.procMount',
      'Unmasked',
      ['TL-POD-001', 'spec.template.spec.containers[api-server].securityContext.procMount'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.runAsNonRoot',
      false,
      ['TL-POD-002', 'spec.template.spec.containers[api-server].securityContext.runAsNonRoot'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.runAsNonRoot',
      gone,
      ['TL-POD-020', 'spec.template.spec.containers[api-server].securityContext.runAsNonRoot'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.runAsUser',
      0,
      ['TL-POD-003', 'spec.template.spec.containers[api-server].securityContext.runAsUser'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.runAsUser',
      1000,
      ['TL-POD-003', 'spec.template.spec.containers[api-server].securityContext.runAsUser'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.runAsUser',
      gone,
      ['TL-POD-003', 'spec.template.spec.containers[api-server].securityContext.runAsUser'],
      ['TL-POD-020', 'spec.template.spec.containers[api-server].securityContext.runAsUser'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.runAsGroup',
      gone,
      ['TL-POD-020', 'spec.template.spec.containers[api-server].securityContext.runAsGroup'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.readOnlyRootFilesystem',
      false,
      ['TL-POD-004', 'spec.template.spec.containers[api-server].securityContext.readOnlyRootFilesystem'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.capabilities.drop',
      ['NET_RAW'],
      ['TL-POD-005', 'spec.template.spec.containers[api-server].securityContext.capabilities.drop'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.capabilities.add',
      ['SYS_ADMIN'],
      ['TL-POD-005', 'spec.template.spec.containers[api-server].securityContext.capabilities.add'],
    ],
    [
      'spec.template.spec.containers.0.securityContext.seccompProfile.type',
      'Unconfined',
      ['TL-POD-006', 'spec.template.spec.containers[api-server].securityContext.seccompProfile.type'],
    ],
    [
      'spec.template.spec.containers.0.securityContext',
      {},
      ['TL-POD-001', 'spec.template.spec.containers[api-server].securityContext.allowPrivilegeEscalation'],
      ['TL-POD-003', 'spec.template.spec.containers[api-server].securityContext.runAsUser'],
      ['TL-POD-004', 'spec.template.spec.containers[api-server].securityContext.readOnlyRootFilesystem'],
      ['TL-POD-005', 'spec.template.spec.containers[api-server].securityContext.capabilities.drop'],
      ['TL-POD-020', 'spec.template.spec.containers[api-server].securityContext.privileged'],
    ],
    ['spec.template.spec.securityContext.runAsNonRoot', gone, 'TL-POD-020'],
    ['spec.template.spec.securityContext.seccompProfile.type', 'Unconfined', 'TL-POD-020'],
    ['spec.template.spec.securityContext.fsGroupChangePolicy', gone, 'TL-POD-022'],
    ['spec.template.spec.securityContext.supplementalGroups', [0], 'TL-POD-022'],
    ['spec.template.spec.hostNetwork', true, 'TL-POD-007'],
    ['spec.template.spec.hostPID', true, 'TL-POD-007'],
    ['spec.template.spec.hostIPC', true, 'TL-POD-007'],
    [
      'spec.template.spec.containers.0.ports',
      [{ containerPort: 8080, hostPort: 8080 }],
      ['TL-POD-007', 'spec.template.spec.containers[api-server].ports'],
      ['TL-MON-006', 'spec.endpoints[0].port'],
    ],
    [
      'spec.template.spec.volumes.0',
      { name: 'host', hostPath: { path: '/' } },
      ['TL-POD-008', 'spec.template.spec.volumes[host]'],
    ],
    ['spec.template.spec.automountServiceAccountToken', true, 'TL-POD-010'],
    ['spec.template.spec.automountServiceAccountToken', gone, 'TL-POD-010'],
    ['spec.template.spec.enableServiceLinks', true, 'TL-POD-016'],
    ['spec.template.spec.serviceAccountName', 'default', ['TL-NP-003', 'spec.egress[0].to'], 'TL-POD-017'],
    ['spec.template.spec.serviceAccountName', gone, ['TL-NP-003', 'spec.egress[0].to'], 'TL-POD-017'],
    [
      'spec.template.spec.initContainers.0.securityContext.privileged',
      true,
      ['TL-POD-001', 'spec.template.spec.initContainers[cloud-sql-proxy].securityContext.privileged'],
    ],
  ]),
  ...breaksOf('batch/v1/CronJob/orchestration/orders', [
    ['spec.jobTemplate.spec.template.spec.automountServiceAccountToken', true, 'TL-POD-010'],
    ['spec.jobTemplate.spec.template.spec.enableServiceLinks', gone, 'TL-POD-016'],
    [
      'spec.jobTemplate.spec.template.spec.serviceAccountName',
      gone,
      ['TL-NP-003', 'spec.egress[0].to'],
      'TL-POD-017',
    ],
    ['spec.jobTemplate.spec.template.spec.securityContext.fsGroupChangePolicy', gone, 'TL-POD-022'],
    [
      'spec.jobTemplate.spec.template.spec.containers.0.securityContext.readOnlyRootFilesystem',
      gone,
      [
        'TL-POD-004',
        'spec.jobTemplate.spec.template.spec.containers[meltano].securityContext.readOnlyRootFilesystem',
      ],
    ],
    ['spec.jobTemplate.spec.template.spec.hostNetwork', true, 'TL-POD-007'],
  ]),
];
