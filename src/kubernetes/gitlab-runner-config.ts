import { createRequire } from 'node:module';
import type { ResourceRequirements } from './container';
import type { PodPlacement } from './pod';

/** Loaded where there is a runner; its types are those of an ECMAScript module, which this one is not. */
const load = createRequire(__filename);

/** Port of the metrics, where the runner is probed too. */
export const gitlabRunnerMetricsPort = 9252;

/** The pods of jobs. */
export interface GitlabJobsProps {
  readonly namespace: string;
  /** Image of a job that names none. */
  readonly image: string;
  /** Image that clones and keeps artifacts. */
  readonly helperImage: string;
  readonly serviceAccount: string;
  /** By these the network policy finds the pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly placement: PodPlacement;
  readonly resources: ResourceRequirements;
}

export interface GitlabRunnerConfigProps {
  /** What the runner calls itself in its log. */
  readonly name: string;
  /** Address of GitLab. */
  readonly url: string;
  /** How many jobs run at a time. */
  readonly concurrent: number;
  /** How often GitLab is asked for jobs, in seconds. */
  readonly checkIntervalSeconds: number;
  /** Longest log of a job, in kilobytes. */
  readonly outputLimitKb: number;
  /** How long the pod of a job may take to start, in seconds. */
  readonly pollTimeoutSeconds: number;
  readonly jobs: GitlabJobsProps;
}

/** Ids of the processes of jobs. */
const jobUser = 10001;

/** What a job asks for that clones and keeps artifacts, and for each of its services. */
const helper = { cpu: '100m', cpuLimit: '1', memory: '256Mi', storage: '1Gi' };

/** The same for every container: what the Pod Security level `restricted` asks for. */
const restricted = {
  run_as_user: jobUser,
  run_as_group: jobUser,
  run_as_non_root: true,
  privileged: false,
  allow_privilege_escalation: false,
  read_only_root_filesystem: false,
  capabilities: { drop: ['ALL'] },
  seccomp_profile: { type: 'RuntimeDefault' },
};

/**
 * The `config.toml` of a GitLab Runner of version 19 with the Kubernetes executor, without its token.
 *
 * No job can choose its namespace, its service account, its user or a privileged container: what a `.gitlab-ci.yml`
 * may overwrite is nothing.
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
 * @see https://docs.gitlab.com/runner/executors/kubernetes/
 */
export function renderGitlabRunnerConfig(props: GitlabRunnerConfigProps): string {
  const { stringify } = load('smol-toml') as { readonly stringify: (value: object) => string };
  const { jobs } = props;
  const { requests, limits } = jobs.resources;
  return stringify({
    concurrent: props.concurrent,
    check_interval: props.checkIntervalSeconds,
    log_format: 'json',
    listen_address: `:${gitlabRunnerMetricsPort}`,
    runners: [
      {
        name: props.name,
        url: props.url,
        token: '',
        executor: 'kubernetes',
        output_limit: props.outputLimitKb,
        // The user of the jobs has no home in their images.
        environment: ['HOME=/tmp'],
        kubernetes: {
          namespace: jobs.namespace,
          image: jobs.image,
          helper_image: jobs.helperImage,
          // A tag may move, and what another project pulled with its credentials is not for everybody.
          pull_policy: 'always',
          privileged: false,
          allow_privilege_escalation: false,
          poll_timeout: props.pollTimeoutSeconds,
          service_account: jobs.serviceAccount,
          automount_service_account_token: false,
          cpu_request: requests.cpu ?? '',
          cpu_limit: limits.cpu ?? '',
          memory_request: requests.memory ?? '',
          memory_limit: limits.memory ?? '',
          ephemeral_storage_request: requests['ephemeral-storage'] ?? '',
          ephemeral_storage_limit: limits['ephemeral-storage'] ?? '',
          ...measures('helper'),
          ...measures('service'),
          pod_labels: { ...jobs.labels },
          node_selector: { ...jobs.placement.nodeSelector },
          node_tolerations: Object.fromEntries(
            jobs.placement.tolerations.map(({ key, value, effect }) => [`${key}=${value}`, effect]),
          ),
          pod_security_context: {
            run_as_user: jobUser,
            run_as_group: jobUser,
            run_as_non_root: true,
            fs_group: jobUser,
            seccomp_profile: { type: 'RuntimeDefault' },
          },
          build_container_security_context: restricted,
          helper_container_security_context: restricted,
          service_container_security_context: restricted,
          init_permissions_container_security_context: restricted,
        },
      },
    ],
  });
}

function measures(part: 'helper' | 'service'): Record<string, string> {
  return {
    [`${part}_cpu_request`]: helper.cpu,
    [`${part}_cpu_limit`]: helper.cpuLimit,
    [`${part}_memory_request`]: helper.memory,
    [`${part}_memory_limit`]: helper.memory,
    [`${part}_ephemeral_storage_request`]: helper.storage,
    [`${part}_ephemeral_storage_limit`]: helper.storage,
  };
}
