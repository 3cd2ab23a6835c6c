import { isTree } from '../../types';
import type { Default, Defaults } from './default';

/** Within a CronJob the Job is only a template, and stays as it is written. */
const inJob =
  (value: Default): Default =>
  (place) =>
    place.kind === 'CronJob' ? undefined : typeof value === 'function' ? value(place) : value;

const rolling =
  (value: unknown): Default =>
  ({ parent }) =>
    (parent.type ?? 'RollingUpdate') === 'RollingUpdate' ? value : undefined;

/**
 * Workloads of the groups apps, batch and autoscaling.
 * @see https://github.com/kubernetes/kubernetes/tree/v1.33.1/pkg/apis the files v1/defaults.go of each
 */
export const workloads: Defaults = {
  'apps.DeploymentSpec': { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 },
  'apps.DeploymentStrategy': {
    type: 'RollingUpdate',
    rollingUpdate: rolling({ maxSurge: '25%', maxUnavailable: '25%' }),
  },
  'apps.RollingUpdateDeployment': { maxSurge: '25%', maxUnavailable: '25%' },
  'apps.ReplicaSetSpec': { replicas: 1 },
  'core.ReplicationControllerSpec': { replicas: 1 },
  'apps.StatefulSetSpec': {
    replicas: 1,
    revisionHistoryLimit: 10,
    podManagementPolicy: 'OrderedReady',
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  },
  'apps.StatefulSetPersistentVolumeClaimRetentionPolicy': { whenDeleted: 'Retain', whenScaled: 'Retain' },
  'apps.StatefulSetUpdateStrategy': { type: 'RollingUpdate', rollingUpdate: rolling({ partition: 0 }) },
  'apps.RollingUpdateStatefulSetStrategy': { partition: 0 },
  'apps.DaemonSetSpec': { revisionHistoryLimit: 10 },
  'apps.DaemonSetUpdateStrategy': {
    type: 'RollingUpdate',
    rollingUpdate: rolling({ maxUnavailable: 1, maxSurge: 0 }),
  },
  'apps.RollingUpdateDaemonSet': { maxUnavailable: 1, maxSurge: 0 },
  'batch.JobSpec': {
    completions: inJob(({ parent }) => (parent.parallelism === undefined ? 1 : undefined)),
    parallelism: inJob(1),
    backoffLimit: inJob(({ parent }) => (parent.backoffLimitPerIndex === undefined ? 6 : 2 ** 31 - 1)),
    completionMode: inJob('NonIndexed'),
    suspend: inJob(false),
    manualSelector: inJob(false),
    podReplacementPolicy: inJob(({ parent }) =>
      isTree(parent.podFailurePolicy) ? 'Failed' : 'TerminatingOrFailed',
    ),
  },
  'batch.PodFailurePolicyOnPodConditionsPattern': { status: 'True' },
  'batch.CronJobSpec': {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  },
  'autoscaling.HorizontalPodAutoscalerSpec': {
    minReplicas: 1,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
      },
    ],
  },
  'autoscaling.HorizontalPodAutoscalerBehavior': {
    scaleUp: {
      stabilizationWindowSeconds: 0,
      selectPolicy: 'Max',
      policies: [
        { type: 'Pods', value: 4, periodSeconds: 15 },
        { type: 'Percent', value: 100, periodSeconds: 15 },
      ],
    },
    scaleDown: { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] },
  },
  'autoscaling.HPAScalingRules': {
    selectPolicy: 'Max',
    stabilizationWindowSeconds: ({ field }) => (field.includes('.scaleUp.') ? 0 : undefined),
    policies: ({ field }) =>
      field.includes('.scaleUp.')
        ? [
            { type: 'Pods', value: 4, periodSeconds: 15 },
            { type: 'Percent', value: 100, periodSeconds: 15 },
          ]
        : [{ type: 'Percent', value: 100, periodSeconds: 15 }],
  },
};
