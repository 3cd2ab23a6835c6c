import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface PodMakerRoleProps extends ObjectProps {
  /** Service accounts that get the rights, of any namespace; sorted. */
  readonly subjects: readonly { readonly namespace: string; readonly serviceAccount: string }[];
  /** Whether commands may be run in the pods: results are read from their sidecars that way. */
  readonly mayExec: boolean;
}

/** Rights to make pods in one namespace, to follow them and to end them. No other kind can be seen or touched. */
export class PodMakerRole extends Construct {
  constructor(scope: Construct, id: string, props: PodMakerRoleProps) {
    super(scope, id);
    new ApiObject(this, 'Role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: renderMetadata(props),
      rules: [
        {
          apiGroups: [''],
          resources: ['pods'],
          verbs: ['create', 'delete', 'get', 'list', 'patch', 'watch'],
        },
        { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
        ...(props.mayExec ? [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['create', 'get'] }] : []),
        // Why a pod does not start.
        { apiGroups: [''], resources: ['events'], verbs: ['list', 'watch'] },
      ],
    });
    new ApiObject(this, 'RoleBinding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: renderMetadata(props),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: props.name },
      subjects: props.subjects.map(({ namespace, serviceAccount }) => ({
        kind: 'ServiceAccount',
        name: serviceAccount,
        namespace,
      })),
    });
  }
}
