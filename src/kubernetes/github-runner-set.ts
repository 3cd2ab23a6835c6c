import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Container, hardenedContainer, type ResourceRequirements } from './container';
import { type ObjectProps, renderLabels, renderMetadata } from './labels';
import { type PodPlacement, renderPodTemplate } from './pod';

export interface GithubRunnerSetProps extends ObjectProps {
  /** The organization, the enterprise or the repository on GitHub. */
  readonly url: string;
  /** Kubernetes Secret that signs in to GitHub. */
  readonly secret: string;
  /** @default - the default group of GitHub */
  readonly group?: string;
  readonly minRunners: number;
  readonly maxRunners: number;
  /** The controller of the cluster: it deletes what names another version. */
  readonly controller: {
    readonly version: string;
    readonly namespace: string;
    readonly serviceAccount: string;
  };
  /** Labels of the pods of jobs. */
  readonly jobLabels: ObjectProps['labels'];
  /** Image with GitHub's runner. */
  readonly image: string;
  readonly serviceAccount: string;
  readonly placement: PodPlacement;
  readonly resources: ResourceRequirements;
}

/** The user of GitHub's image, who owns what the runner writes to in it. */
const runAs = { user: 1001, group: 1001 };

/** Keeps the rights of the controller until it has taken down what it made. */
const protection = 'actions.github.com/cleanup-protection';

/**
 * Runners of GitHub Actions that Actions Runner Controller makes, one pod for each job, with the rights that it needs
 * in the namespace.
 * @see https://docs.github.com/en/actions/hosting-your-own-runners/managing-self-hosted-runners-with-actions-runner-controller
 */
export class GithubRunnerSet extends Construct {
  constructor(scope: Construct, id: string, props: GithubRunnerSetProps) {
    super(scope, id);
    const { controller } = props;
    const manager = `${props.name}-controller`;
    this.addRights(props, manager);
    const metadata = renderMetadata(props);
    new ApiObject(this, 'Resource', {
      apiVersion: 'actions.github.com/v1alpha1',
      kind: 'AutoscalingRunnerSet',
      metadata: {
        ...metadata,
        labels: {
          ...metadata.labels,
          'app.kubernetes.io/version': controller.version,
          'actions.github.com/scale-set-name': props.name,
          'actions.github.com/scale-set-namespace': props.namespace,
        },
        annotations: {
          'actions.github.com/cleanup-manager-role-binding': manager,
          'actions.github.com/cleanup-manager-role-name': manager,
        },
      },
      spec: {
        githubConfigUrl: props.url,
        githubConfigSecret: props.secret,
        runnerScaleSetName: props.name,
        ...(props.group === undefined ? {} : { runnerGroup: props.group }),
        minRunners: props.minRunners,
        maxRunners: props.maxRunners,
        template: renderPodTemplate({
          labels: renderLabels(props.jobLabels),
          serviceAccount: props.serviceAccount,
          volumeGroup: runAs.group,
          placement: props.placement,
          containers: [runner(props)],
          // A job that is under way may end.
          terminationGracePeriodSeconds: 3600,
          restartPolicy: 'Never',
        }),
      },
    });
  }

  private addRights(props: GithubRunnerSetProps, manager: string): void {
    const all = ['create', 'delete', 'get', 'list', 'patch', 'update'];
    const rbac = 'rbac.authorization.k8s.io';
    const metadata = { ...renderMetadata({ ...props, name: manager }), finalizers: [protection] };
    new ApiObject(this, 'Role', {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata,
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs: ['create', 'delete', 'get'] },
        { apiGroups: [''], resources: ['pods/status'], verbs: ['get'] },
        { apiGroups: [''], resources: ['secrets', 'serviceaccounts'], verbs: all },
        // It may hand on no right that it has not itself.
        {
          apiGroups: [rbac],
          resources: ['roles', 'rolebindings'],
          verbs: all.filter((verb) => verb !== 'list'),
        },
      ],
    });
    new ApiObject(this, 'RoleBinding', {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name: manager },
      subjects: [
        {
          kind: 'ServiceAccount',
          name: props.controller.serviceAccount,
          namespace: props.controller.namespace,
        },
      ],
    });
  }
}

/** GitHub's runner keeps what it is told in its own folder, so its root file system can be written. */
function runner(props: GithubRunnerSetProps): Container {
  const { spec, mounts } = hardenedContainer({
    name: 'runner',
    image: props.image,
    command: ['/home/runner/run.sh'],
    // No secret reaches it: the controller hands it a registration for one job.
    secretDelivery: 'addon',
    resources: props.resources,
    runAs,
  });
  const securityContext = { ...(spec.securityContext as object), readOnlyRootFilesystem: false };
  return { spec: { ...spec, securityContext }, mounts };
}
