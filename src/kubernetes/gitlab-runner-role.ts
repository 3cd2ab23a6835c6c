import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ObjectProps, renderMetadata } from './labels';

export interface GitlabRunnerRoleProps extends ObjectProps {
  /** Kubernetes service account of the runner, in the same namespace. */
  readonly serviceAccount: string;
}

/**
 * What the Kubernetes executor does in its namespace, and nothing in any other: pods of jobs, the Secrets that hold
 * their scripts and credentials, Services of their helpers.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-runner-api-permissions
 */
export class GitlabRunnerRole extends Construct {
  constructor(scope: Construct, id: string, props: GitlabRunnerRoleProps) {
    super(scope, id);
    const rule = (resources: readonly string[], verbs: readonly string[]) => ({
      apiGroups: [''],
      resources,
      verbs,
    });
    new ApiObject(this, 'Role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: renderMetadata(props),
      rules: [
        rule(['pods'], ['create', 'delete', 'get', 'list', 'watch']),
        rule(['pods/attach', 'pods/exec'], ['create', 'delete', 'get', 'patch']),
        rule(['pods/log'], ['get', 'list']),
        rule(['secrets'], ['create', 'delete', 'get', 'update']),
        rule(['services'], ['create', 'get']),
        rule(['serviceaccounts'], ['get']),
        // Why a pod does not start, which the log of the job tells.
        rule(['events'], ['list', 'watch']),
      ],
    });
    new ApiObject(this, 'RoleBinding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: renderMetadata(props),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: props.name },
      subjects: [{ kind: 'ServiceAccount', name: props.serviceAccount, namespace: props.namespace }],
    });
  }
}
