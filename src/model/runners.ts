import type { ConfigPath } from '../config/problem';
import type { GithubRunnerConfig, GitlabRunnerConfig } from '../config/schema/runners';
import { lockImage, publicImage, publicImages, resolveImageReference } from './images';
import type { GithubRunner, GitlabRunner, Identity, Image, RunnerJobs } from './platform';
import { addIdentity, clusterOf, type Scope, sortedEntries } from './scope';
import {
  resolveEgress,
  resolveNamespace,
  resolvePlacement,
  resolveResources,
  resolveSecretKey,
} from './workloads';

/** Requests of a job that says nothing else. */
const defaultJob = { cpu: '500m', memory: '1Gi', ephemeralStorage: '4Gi' };

/** The GitLab Runners, by key. */
export function resolveGitlabRunners(scope: Scope): GitlabRunner[] {
  return sortedEntries(scope.config.gitlabRunners).map(([key, config]) => {
    const origin: ConfigPath = ['gitlabRunners', key];
    const namespace = resolveNamespace(scope, config.namespace, origin);
    const cluster = clusterOf(scope, namespace);
    const identity = addIdentity(scope, {
      key: `gitlab-runner-${key}`,
      displayName: `Runs the GitLab Runner ${key}`,
      projectRoles: [],
      kubernetes: { namespace, serviceAccount: config.serviceAccount ?? `gitlab-runner-${key}` },
      origin,
    });
    const token = resolveSecretKey(
      scope,
      config.token.secret,
      [...origin, 'token', 'secret'],
      namespace,
      identity,
    );
    return {
      key,
      cluster,
      namespace,
      identity,
      url: config.url,
      egress: resolveEgress(scope, [], origin),
      token: token ?? { secret: config.token.secret, key: '' },
      image: imageOf(scope, config.image, [...origin, 'image'], publicImages.gitlabRunner),
      helperImage: imageOf(
        scope,
        config.helperImage,
        [...origin, 'helperImage'],
        publicImages.gitlabRunnerHelper,
      ),
      placement: resolvePlacement(scope, config.pool, [...origin, 'pool'], cluster),
      resources: resolveResources(config.resources, {
        cpu: '100m',
        memory: '256Mi',
        ephemeralStorage: '256Mi',
      }),
      concurrent: config.concurrent,
      checkIntervalSeconds: config.checkIntervalSeconds,
      outputLimitKb: config.outputLimitKb,
      pollTimeoutSeconds: config.pollTimeoutSeconds,
      drainSeconds: config.drainSeconds,
      jobs: resolveJobs(scope, `gitlab-jobs-${key}`, config.jobs, origin, namespace, publicImages.ubuntu),
      origin,
    };
  });
}

/** The runners of GitHub Actions, by key. */
export function resolveGithubRunners(scope: Scope): GithubRunner[] {
  return sortedEntries(scope.config.githubRunners).map(([key, config]) => {
    const origin: ConfigPath = ['githubRunners', key];
    const namespace = resolveNamespace(scope, config.namespace, origin);
    if (config.minRunners > config.maxRunners) {
      scope.problems.add({
        path: [...origin, 'minRunners'],
        message: 'more runners wait than may run',
        found: String(config.minRunners),
        allowed: `at most maxRunners, ${config.maxRunners}`,
        fix: `raise maxRunners to ${config.minRunners}, or lower minRunners`,
      });
    }
    // The controller's Secret is fetched as this account, so that jobs cannot read what signs in to GitHub.
    const reader = addIdentity(scope, {
      key: `github-secret-${key}`,
      displayName: `Fetches what signs the runners ${key} in to GitHub`,
      projectRoles: [],
      kubernetes: { namespace, serviceAccount: `github-secret-${key}` },
      origin,
    });
    checkGithubSecret(scope, config, origin, namespace, reader);
    const { group, url, secret, minRunners, maxRunners, controller } = config;
    return {
      key,
      cluster: clusterOf(scope, namespace),
      namespace,
      url,
      secret,
      group: group ?? null,
      minRunners,
      maxRunners,
      controller,
      jobs: resolveJobs(
        scope,
        `github-jobs-${key}`,
        config.jobs,
        origin,
        namespace,
        publicImages.githubRunner,
      ),
      origin,
    };
  });
}

const appKeys = ['github_app_id', 'github_app_installation_id', 'github_app_private_key'];

/** The controller knows the values by their keys, and reads nothing but a Kubernetes Secret. */
function checkGithubSecret(
  scope: Scope,
  { secret }: GithubRunnerConfig,
  origin: ConfigPath,
  namespace: string,
  reader: Identity,
): void {
  const path = [...origin, 'secret'];
  if (scope.config.secretDelivery === 'addon') {
    scope.problems.add({
      path,
      message:
        'Actions Runner Controller reads a Kubernetes Secret, and with secretDelivery: addon there is none',
      found: 'secretDelivery: addon',
      allowed: 'secretDelivery: external-secrets or manual',
      fix: 'add secretDelivery: external-secrets',
    });
  }
  const declared = scope.secrets.get(secret);
  const keys = [...new Set((declared?.values ?? []).map((value) => value.key))];
  const wanted = keys.includes('github_token') ? ['github_token'] : appKeys;
  const missing = wanted.filter((key) => !keys.includes(key));
  if (declared !== undefined && missing.length > 0) {
    scope.problems.add({
      path,
      message: `the secret '${secret}' lacks ${missing.join(', ')}`,
      found: keys.join(', '),
      allowed: `${appKeys.join(', ')}; or github_token`,
      fix: `add ${missing.length === 1 ? 'it' : 'them'} to secrets.${secret}.keys`,
      dependsOn: [['secrets', secret, 'keys']],
    });
    return;
  }
  for (const key of wanted) resolveSecretKey(scope, `${secret}/${key}`, path, namespace, reader);
}

function resolveJobs(
  scope: Scope,
  identityKey: string,
  config: GitlabRunnerConfig['jobs'],
  runner: ConfigPath,
  namespace: string,
  fallback: string,
): RunnerJobs {
  const origin = [...runner, 'jobs'];
  return {
    identity: addIdentity(scope, {
      key: identityKey,
      displayName: `Runs the jobs of ${runner.join('.')}`,
      projectRoles: [],
      kubernetes: { namespace, serviceAccount: config.serviceAccount ?? identityKey },
      origin,
    }),
    image: imageOf(scope, config.image, [...origin, 'image'], fallback),
    placement: resolvePlacement(scope, config.pool, [...origin, 'pool'], clusterOf(scope, namespace)),
    resources: resolveResources(config.resources, defaultJob),
    egress: resolveEgress(scope, config.egress, origin),
  };
}

function imageOf(scope: Scope, asked: string | undefined, path: ConfigPath, fallback: string): Image {
  if (asked === undefined) return publicImage(fallback, scope);
  return lockImage(resolveImageReference(asked, path, scope.registries, scope.problems), scope.lock, path);
}
