import { isTree } from '../../types';
import type { Default, Defaults } from './default';

const fileMode = 0o644;

/** Only a pod of its own gets these; in a template nothing is put in their place. */
const inPod =
  (value: unknown): Default =>
  ({ kind, field }) =>
    kind === 'Pod' && field.startsWith('spec.') ? value : undefined;

/** Without a tag, or with `latest`, an image is pulled each time. */
const pullPolicy: Default = ({ parent }) => {
  const image = typeof parent.image === 'string' ? parent.image : '';
  if (image.includes('@')) return 'IfNotPresent';
  const [, tag = 'latest'] = /:([^/:]+)$/.exec(image) ?? [];
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
};

const container = {
  imagePullPolicy: pullPolicy,
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
} satisfies Defaults[string];

/**
 * Pods and what is in them.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.33.1/pkg/apis/core/v1/defaults.go
 */
export const pods: Defaults = {
  'core.PodSpec': {
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: 30,
    securityContext: {},
    serviceAccount: ({ parent }) => parent.serviceAccountName,
    serviceAccountName: ({ parent, ...place }) =>
      parent.serviceAccount ?? (inPod('default') as (place: object) => unknown)({ parent, ...place }),
    enableServiceLinks: inPod(true),
    preemptionPolicy: inPod('PreemptLowerPriority'),
    priority: inPod(0),
  },
  'core.Container': container,
  'core.EphemeralContainer': container,
  'core.ContainerPort': { protocol: 'TCP' },
  'core.Probe': { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  'core.HTTPGetAction': { path: '/', scheme: 'HTTP' },
  'core.GRPCAction': { service: '' },
  'core.ObjectFieldSelector': { apiVersion: 'v1' },
  'core.SecretVolumeSource': { defaultMode: fileMode },
  'core.ConfigMapVolumeSource': { defaultMode: fileMode },
  'core.DownwardAPIVolumeSource': { defaultMode: fileMode },
  'core.ProjectedVolumeSource': { defaultMode: fileMode },
  'core.ServiceAccountTokenProjection': { expirationSeconds: 3600 },
  'core.HostPathVolumeSource': { type: '' },
  'core.Volume': {
    // A volume of nothing is an empty folder.
    emptyDir: ({ parent }) => (Object.keys(parent).some((key) => key !== 'name') ? undefined : {}),
  },
  'core.ISCSIVolumeSource': { iscsiInterface: 'default' },
  'core.RBDVolumeSource': { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' },
  'core.AzureDiskVolumeSource': { cachingMode: 'ReadWrite', kind: 'Shared', fsType: 'ext4', readOnly: false },
  'core.ScaleIOVolumeSource': { storageMode: 'ThinProvisioned', fsType: 'xfs' },
};

/** What a container asks for where it says only what it may have at most: a pod of its own, not a template. */
export function requestsOfLimits(resources: unknown): unknown {
  if (!isTree(resources) || !isTree(resources.limits)) return resources;
  const requests = isTree(resources.requests) ? resources.requests : {};
  return { ...resources, requests: { ...resources.limits, ...requests } };
}
