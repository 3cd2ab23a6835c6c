import { notApplicable, type Rule, verdictOf } from '../types';

/** Kinds that are in a namespace, of those that people write. */
const namespaced = [
  'ConfigMap',
  'CronJob',
  'DaemonSet',
  'Deployment',
  'ExternalSecret',
  'HTTPRoute',
  'Ingress',
  'Job',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'Pod',
  'Role',
  'RoleBinding',
  'Secret',
  'SecretProviderClass',
  'Service',
  'ServiceAccount',
  'StatefulSet',
];

export const namespaceNamed: Rule = {
  id: 'TL-NS-003',
  title: 'An object is in the default namespace',
  severity: 'error',
  why: 'Nothing is denied there, and its pods are not held to any level',
  fix: 'write metadata.namespace',
  see: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
  checks: (resource) => {
    if (resource.kind !== 'kubernetes' || !namespaced.includes(resource.type)) return notApplicable;
    const found = resource.namespace === '' ? 'nothing' : resource.namespace;
    return verdictOf(
      ['', 'default'].includes(resource.namespace)
        ? [{ path: 'metadata.namespace', found, wanted: 'a namespace of your own' }]
        : [],
    );
  },
};
