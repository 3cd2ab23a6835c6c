import { Construct } from 'constructs';
import { hardenedContainer, type ResourceRequirements } from './container';
import { Deployment } from './deployment';
import {
  gitlabRunnerMetricsPort,
  type GitlabRunnerConfigProps,
  renderGitlabRunnerConfig,
} from './gitlab-runner-config';
import { GitlabRunnerRole } from './gitlab-runner-role';
import { kubernetesToken } from './kubernetes-token';
import { type ObjectProps, renderLabels, renderMetadata, selectorLabels } from './labels';
import { hashed } from './names';
import { type PodPlacement, renderPodTemplate } from './pod';
import { ConfigMap } from './plus';
import { secretPath, type SecretDelivery, shellQuote } from './secret-delivery';
import { Service } from './service';
import { configFiles, type Mount, scratch } from './volumes';

export interface GitlabRunnerProps extends ObjectProps {
  /** Image of GitLab Runner, with a shell. */
  readonly image: string;
  /** Kubernetes service account of the runner itself. */
  readonly serviceAccount: string;
  readonly placement: PodPlacement;
  readonly resources: ResourceRequirements;
  /** Where the authentication token of the runner is. */
  readonly token: { readonly secret: string; readonly key: string };
  readonly secretDelivery: SecretDelivery;
  /** How long one that is replaced waits for its jobs, in seconds. */
  readonly drainSeconds: number;
  readonly config: Omit<GitlabRunnerConfigProps, 'name'>;
}

const folders = { template: '/etc/gitlab-runner-template', config: '/run/gitlab-runner' };

/** Ids of the runner: the group is the one of its image. */
const runAs = { user: 10100, group: 65533 };

/**
 * A GitLab Runner: the process that asks GitLab for jobs and makes a pod of each, with its rights and its metrics.
 *
 * There is one, since a second with the same token would run jobs beyond `concurrent`. One that is replaced takes no
 * further jobs and ends with the last.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/
 */
export class GitlabRunner extends Construct {
  constructor(scope: Construct, id: string, props: GitlabRunnerProps) {
    super(scope, id);
    const { name, namespace, labels } = props;
    const selector = selectorLabels(labels);
    const config = renderGitlabRunnerConfig({ ...props.config, name });
    const configMap = hashed(name, config);
    new ConfigMap(this, 'Config', {
      metadata: renderMetadata({ name: configMap, namespace, labels }),
      data: { 'config.toml': config },
      immutable: true,
    });
    new GitlabRunnerRole(this, 'Role', { name, namespace, labels, serviceAccount: props.serviceAccount });
    new Service(this, 'Service', {
      name,
      namespace,
      labels,
      selector,
      ports: { metrics: gitlabRunnerMetricsPort },
    });
    const check = { kind: 'http', path: '/metrics', port: gitlabRunnerMetricsPort } as const;
    new Deployment(this, 'Deployment', {
      name,
      namespace,
      labels,
      replicas: 1,
      strategy: 'Recreate',
      // The old one may wait for its jobs before the new one starts.
      progressDeadlineSeconds: props.drainSeconds + 900,
      selector,
      template: renderPodTemplate({
        labels: renderLabels(labels),
        serviceAccount: props.serviceAccount,
        volumeGroup: runAs.group,
        placement: props.placement,
        containers: [
          hardenedContainer({
            name: 'gitlab-runner',
            image: props.image,
            command: ['/bin/sh', '-ec', startScript(props.token)],
            preStop: drain,
            env: [{ name: 'HOME', value: '/tmp' }],
            secretDelivery: props.secretDelivery,
            secretFiles: [props.token.secret],
            ports: { metrics: gitlabRunnerMetricsPort },
            resources: props.resources,
            runAs,
            mounts: [
              configFiles('config-template', folders.template, configMap),
              inMemory('config', folders.config),
              scratch('tmp', '/tmp', '64Mi'),
              kubernetesToken(),
            ],
            startupProbe: { check, periodSeconds: 5, failureThreshold: 24 },
            livenessProbe: { check, periodSeconds: 30, failureThreshold: 3 },
            readinessProbe: { check, periodSeconds: 10, failureThreshold: 3 },
          }),
        ],
        terminationGracePeriodSeconds: props.drainSeconds,
        restartPolicy: 'Always',
      }),
    });
  }
}

/**
 * Writes the configuration with the token to a file in memory, by what the shell has built in: no process has the token
 * among its arguments.
 */
function startScript({ secret, key }: GitlabRunnerProps['token']): string {
  return [
    'umask 077',
    `token="$(cat ${shellQuote(secretPath(secret, key))})"`,
    'while IFS= read -r line || [ -n "$line" ]; do',
    '  case "$line" in',
    `    'token = '*) printf 'token = "%s"\\n' "$token" ;;`,
    `    *) printf '%s\\n' "$line" ;;`,
    '  esac',
    `done < ${folders.template}/config.toml > ${folders.config}/config.toml`,
    `exec gitlab-runner run --config ${folders.config}/config.toml --working-directory /tmp`,
  ].join('\n');
}

/** At SIGTERM, which comes after this, the runner drops its jobs; at SIGQUIT it ends with the last. */
const drain = ['/bin/sh', '-c', 'kill -QUIT 1; while :; do sleep 1; done'];

function inMemory(name: string, path: string): Mount {
  return { volume: { name, source: { emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } } }, path };
}
