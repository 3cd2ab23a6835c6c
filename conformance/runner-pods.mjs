// The pods of jobs of CI, which stand in no manifest: those that a GitLab Runner of version 19 makes by its config.toml,
// and those of the template of Actions Runner Controller.
import { parse } from 'smol-toml';

/** One pod for each runner, with a service and the container that prepares folders. */
export function runnerPods(objects) {
  const gitlab = objects
    .filter(({ kind, data }) => kind === 'ConfigMap' && data?.['config.toml'] !== undefined)
    .flatMap(({ metadata, data }) =>
      parse(data['config.toml']).runners.map((runner) => ({
        of: `GitLab Runner ${metadata.name}`,
        pod: gitlabPod(metadata.name, runner),
      })),
    );
  const github = objects
    .filter(({ kind }) => kind === 'AutoscalingRunnerSet')
    .map(({ metadata, spec }) => ({
      of: `AutoscalingRunnerSet ${metadata.name}`,
      pod: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          ...spec.template.metadata,
          name: `github-job-${metadata.name}`,
          namespace: metadata.namespace,
        },
        spec: spec.template.spec,
      },
    }));
  return [...gitlab, ...github];
}

/** As executors/kubernetes of GitLab Runner puts it together, of the settings that tapline writes. */
function gitlabPod(name, { kubernetes, environment = [] }) {
  const env = environment.map((entry) => {
    const [variable, ...value] = entry.split('=');
    return { name: variable, value: value.join('=') };
  });
  const container = (id, image, measure, context) => ({
    name: id,
    image,
    imagePullPolicy: { always: 'Always', 'if-not-present': 'IfNotPresent', never: 'Never' }[
      kubernetes.pull_policy
    ],
    env,
    resources: {
      requests: measures(kubernetes, measure, 'request'),
      limits: measures(kubernetes, measure, 'limit'),
    },
    securityContext: contextOf(kubernetes[`${context}_container_security_context`]),
    volumeMounts: [{ name: 'repo', mountPath: '/builds' }],
  });
  const pod = kubernetes.pod_security_context;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `gitlab-job-${name}`, namespace: kubernetes.namespace, labels: kubernetes.pod_labels },
    spec: {
      restartPolicy: 'Never',
      serviceAccountName: kubernetes.service_account,
      automountServiceAccountToken: kubernetes.automount_service_account_token,
      nodeSelector: kubernetes.node_selector,
      tolerations: Object.entries(kubernetes.node_tolerations ?? {}).map(([taint, effect]) => {
        const [key, value] = taint.split('=');
        return { key, value, operator: 'Equal', effect };
      }),
      securityContext: {
        runAsUser: pod.run_as_user,
        runAsGroup: pod.run_as_group,
        runAsNonRoot: pod.run_as_non_root,
        fsGroup: pod.fs_group,
        seccompProfile: pod.seccomp_profile,
      },
      initContainers: [container('init-permissions', kubernetes.helper_image, 'helper_', 'init_permissions')],
      containers: [
        container('build', kubernetes.image, '', 'build'),
        container('helper', kubernetes.helper_image, 'helper_', 'helper'),
        container('svc-0', 'docker.io/library/postgres:18', 'service_', 'service'),
      ],
      volumes: [{ name: 'repo', emptyDir: {} }],
    },
  };
}

function measures(kubernetes, part, kind) {
  return {
    cpu: kubernetes[`${part}cpu_${kind}`],
    memory: kubernetes[`${part}memory_${kind}`],
    'ephemeral-storage': kubernetes[`${part}ephemeral_storage_${kind}`],
  };
}

function contextOf(context) {
  return {
    runAsUser: context.run_as_user,
    runAsGroup: context.run_as_group,
    runAsNonRoot: context.run_as_non_root,
    privileged: context.privileged,
    allowPrivilegeEscalation: context.allow_privilege_escalation,
    readOnlyRootFilesystem: context.read_only_root_filesystem,
    capabilities: { drop: context.capabilities.drop },
    seccompProfile: context.seccomp_profile,
  };
}
