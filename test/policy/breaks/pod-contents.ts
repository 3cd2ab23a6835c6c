import { type Break, breaksOf, gone } from '../break';

/** How each rule on what a pod holds is broken, starting from the compliant fixture. */
export const podContentBreaks: readonly Break[] = [
  ...breaksOf('apps/v1/Deployment/orchestration/airflow-main-api-server', [
    [
      'spec.template.spec.volumes.0.emptyDir.sizeLimit',
      gone,
      ['TL-POD-009', 'spec.template.spec.volumes[tmp].emptyDir.sizeLimit'],
    ],
    [
      'spec.template.spec.containers.0.resources',
      {},
      ['TL-POD-011', 'spec.template.spec.containers[api-server].resources.requests.cpu'],
    ],
    [
      'spec.template.spec.containers.0.resources.limits.cpu',
      gone,
      ['TL-POD-011', 'spec.template.spec.containers[api-server].resources.limits.cpu'],
    ],
    [
      'spec.template.spec.containers.0.resources.limits.memory',
      gone,
      ['TL-POD-011', 'spec.template.spec.containers[api-server].resources.limits.memory'],
    ],
    [
      'spec.template.spec.containers.0.resources.limits.ephemeral-storage',
      gone,
      ['TL-POD-011', 'spec.template.spec.containers[api-server].resources.limits.ephemeral-storage'],
    ],
    [
      'spec.template.spec.containers.0.resources.requests.cpu',
      gone,
      ['TL-POD-011', 'spec.template.spec.containers[api-server].resources.requests.cpu'],
    ],
    [
      'spec.template.spec.containers.0.resources.requests.memory',
      gone,
      ['TL-POD-011', 'spec.template.spec.containers[api-server].resources.requests.memory'],
    ],
    [
      'spec.template.spec.containers.0.resources.requests.ephemeral-storage',
      gone,
      ['TL-POD-011', 'spec.template.spec.containers[api-server].resources.requests.ephemeral-storage'],
    ],
    [
      'spec.template.spec.containers.0.image',
      'docker.io/apache/airflow',
      ['TL-POD-013', 'spec.template.spec.containers[api-server].image'],
      ['TL-POD-014', 'spec.template.spec.containers[api-server].image'],
    ],
    [
      'spec.template.spec.containers.0.image',
      'registry.example.com:5000/airflow',
      ['TL-POD-013', 'spec.template.spec.containers[api-server].image'],
      ['TL-POD-014', 'spec.template.spec.containers[api-server].image'],
    ],
    [
      'spec.template.spec.containers.0.image',
      'docker.io/apache/airflow:latest',
      ['TL-POD-013', 'spec.template.spec.containers[api-server].image'],
      ['TL-POD-014', 'spec.template.spec.containers[api-server].image'],
    ],
    [
      'spec.template.spec.containers.0.image',
      'docker.io/apache/airflow:3.3.2',
      ['TL-POD-014', 'spec.template.spec.containers[api-server].image'],
    ],
    [
      'spec.template.spec.containers.0.env',
      [{ name: 'DB_PASSWORD', value: 'hunter2' }],
      ['TL-POD-018', 'spec.template.spec.containers[api-server].env[DB_PASSWORD]'],
    ],
    [
      'spec.template.spec.containers.0.env',
      [{ name: 'X', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }],
      ['TL-POD-019', 'spec.template.spec.containers[api-server].env[X]'],
    ],
    [
      'spec.template.spec.containers.0.envFrom',
      [{ secretRef: { name: 'a' } }],
      ['TL-POD-019', 'spec.template.spec.containers[api-server].envFrom'],
    ],
    [
      'spec.template.spec.containers.0.volumeMounts.1.readOnly',
      false,
      [
        'TL-POD-021',
        'spec.template.spec.containers[api-server].volumeMounts[secret-tapline-airflow-main].readOnly',
      ],
    ],
    [
      'spec.template.spec.volumes.1.csi.readOnly',
      false,
      ['TL-POD-021', 'spec.template.spec.volumes[secret-tapline-airflow-main].csi.readOnly'],
    ],
    [
      'spec.template.spec.initContainers.0.restartPolicy',
      gone,
      ['TL-POD-023', 'spec.template.spec.initContainers[cloud-sql-proxy].restartPolicy'],
    ],
    [
      'spec.template.spec.volumes.1.projected',
      { sources: [{ serviceAccountToken: { path: 'token' } }] },
      [
        'TL-POD-024',
        'spec.template.spec.volumes[secret-tapline-airflow-main].projected.sources[0].serviceAccountToken.expirationSeconds',
      ],
    ],
    [
      'spec.template.spec.volumes.1.projected',
      { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 86400 } }] },
      [
        'TL-POD-024',
        'spec.template.spec.volumes[secret-tapline-airflow-main].projected.sources[0].serviceAccountToken.expirationSeconds',
      ],
    ],
    [
      'spec.template.spec.volumes.1.projected',
      { sources: [] },
      ['TL-POD-024', 'spec.template.spec.volumes[secret-tapline-airflow-main].projected.sources'],
    ],
    ['spec.template.spec.restartPolicy', 'Never', 'TL-RUN-003'],
  ]),
  ...breaksOf('batch/v1/CronJob/orchestration/orders', [
    [
      'spec.jobTemplate.spec.template.spec.volumes.1.emptyDir.sizeLimit',
      gone,
      ['TL-POD-009', 'spec.jobTemplate.spec.template.spec.volumes[meltano-run].emptyDir.sizeLimit'],
    ],
    [
      'spec.jobTemplate.spec.template.spec.containers.0.volumeMounts.3.readOnly',
      gone,
      [
        'TL-POD-021',
        'spec.jobTemplate.spec.template.spec.containers[meltano].volumeMounts[secret-shop].readOnly',
      ],
    ],
    [
      'spec.jobTemplate.spec.template.spec.volumes.3.csi.readOnly',
      false,
      ['TL-POD-021', 'spec.jobTemplate.spec.template.spec.volumes[secret-shop].csi.readOnly'],
    ],
    ['spec.concurrencyPolicy', 'Allow', 'TL-RUN-001'],
    ['spec.concurrencyPolicy', gone, 'TL-RUN-001'],
    ['spec.jobTemplate.spec.activeDeadlineSeconds', gone, 'TL-RUN-002'],
    ['spec.jobTemplate.spec.backoffLimit', gone, 'TL-RUN-002'],
    ['spec.jobTemplate.spec.template.spec.restartPolicy', 'Always', 'TL-RUN-003'],
  ]),
];
