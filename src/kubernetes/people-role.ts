import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

/** What somebody does with a platform. */
export type PeoplePreset = 'analyst' | 'developer' | 'engineer';

/** Who has a role: a Google group, or one person or service account by the e-mail address. */
export interface PeopleSubject {
  readonly kind: 'Group' | 'User';
  readonly name: string;
}

export interface PeopleRoleProps extends ObjectProps {
  readonly preset: PeoplePreset;
  /** Sorted by name. */
  readonly subjects: readonly PeopleSubject[];
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const read = ['get', 'list', 'watch'];

/** Sees whether what was scheduled ran, and what it said. */
const analyst: readonly Rule[] = [
  { apiGroups: [''], resources: ['events', 'pods', 'pods/log'], verbs: read },
  { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: read },
];

/** Finds out why something does not work, runs it again, and reaches what is not open to the outside. */
const developer: readonly Rule[] = [
  ...analyst,
  {
    apiGroups: [''],
    resources: ['configmaps', 'persistentvolumeclaims', 'resourcequotas', 'serviceaccounts', 'services'],
    verbs: read,
  },
  { apiGroups: ['apps'], resources: ['deployments', 'replicasets'], verbs: read },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: read },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'networkpolicies'], verbs: read },
  { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs: ['get', 'list'] },
  { apiGroups: [''], resources: ['pods/portforward'], verbs: ['create', 'get'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'delete'] },
];

/** Operates it: restarts, scales, suspends, fills secrets and looks into pods. */
const engineer: readonly Rule[] = [
  ...developer,
  { apiGroups: [''], resources: ['pods/exec'], verbs: ['create', 'get'] },
  { apiGroups: [''], resources: ['secrets'], verbs: ['create', 'get', 'list', 'patch', 'update'] },
  { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: ['delete', 'patch'] },
  { apiGroups: ['apps'], resources: ['deployments', 'deployments/scale'], verbs: ['patch', 'update'] },
  { apiGroups: ['batch'], resources: ['cronjobs'], verbs: ['patch', 'update'] },
];

const presets: Readonly<Record<PeoplePreset, readonly Rule[]>> = { analyst, developer, engineer };

/**
 * What people may do in a namespace: nothing that changes what is deployed there, which the manifests alone do. Only
 * engineers see secrets or the inside of a pod; but whoever creates Jobs can run what a service account may.
 *
 * A Google group needs Google Groups for RBAC on the cluster.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/google-groups-rbac
 */
export class PeopleRole extends Construct {
  constructor(scope: Construct, id: string, props: PeopleRoleProps) {
    super(scope, id);
    new ApiObject(this, 'Role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: renderMetadata(props),
      rules: presets[props.preset],
    });
    new ApiObject(this, 'RoleBinding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: renderMetadata(props),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: props.name },
      subjects: props.subjects.map(({ kind, name }) => ({
        apiGroup: 'rbac.authorization.k8s.io',
        kind,
        name,
      })),
    });
  }
}
