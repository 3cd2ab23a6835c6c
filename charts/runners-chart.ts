import type { Construct } from 'constructs';
import { GithubRunnerSet } from '../src/kubernetes/github-runner-set';
import { GitlabRunner } from '../src/kubernetes/gitlab-runner';
import { instanceLabels } from '../src/kubernetes/labels';
import type { GithubRunner, GitlabRunner as Gitlab } from '../src/model/platform';
import { tagOrigin } from './origins';
import { PlatformChart, type PlatformChartProps } from './platform-chart';
import { serviceAccountOf, toPodPlacement } from './translate';

/** Runners of CI: GitLab's own, and those that the controller of GitHub makes. */
export class RunnersChart extends PlatformChart {
  constructor(scope: Construct, props: PlatformChartProps) {
    super(scope, '70-runners', props);
    for (const runner of this.here(this.platform.gitlabRunners)) this.addGitlab(runner);
    for (const runner of this.here(this.platform.githubRunners)) this.addGithub(runner);
  }

  private addGitlab(runner: Gitlab): void {
    const { key, namespace, jobs, image, helperImage, resources, token, drainSeconds } = runner;
    const { url, concurrent, checkIntervalSeconds, outputLimitKb, pollTimeoutSeconds } = runner;
    const made = new GitlabRunner(this, `gitlab-${key}`, {
      name: `gitlab-runner-${key}`,
      namespace,
      labels: this.instanceLabels('gitlab-runner', key, 'runner'),
      image: image.reference,
      serviceAccount: serviceAccountOf(runner.identity),
      placement: toPodPlacement(runner.placement),
      resources,
      token,
      secretDelivery: this.platform.secretDelivery,
      drainSeconds,
      config: {
        url,
        concurrent,
        checkIntervalSeconds,
        outputLimitKb,
        pollTimeoutSeconds,
        jobs: {
          namespace,
          image: jobs.image.reference,
          helperImage: helperImage.reference,
          serviceAccount: serviceAccountOf(jobs.identity),
          labels: instanceLabels({ app: 'gitlab-job', instance: key }),
          placement: toPodPlacement(jobs.placement),
          resources: jobs.resources,
        },
      },
    });
    tagOrigin(made, runner.origin);
  }

  private addGithub(runner: GithubRunner): void {
    const { key, namespace, jobs, url, secret, group, minRunners, maxRunners, controller } = runner;
    const made = new GithubRunnerSet(this, `github-${key}`, {
      name: key,
      namespace,
      labels: this.instanceLabels('github-runner', key, 'runner-set'),
      url,
      secret,
      ...(group === null ? {} : { group }),
      minRunners,
      maxRunners,
      controller,
      jobLabels: this.instanceLabels('github-job', key, 'job'),
      image: jobs.image.reference,
      serviceAccount: serviceAccountOf(jobs.identity),
      placement: toPodPlacement(jobs.placement),
      resources: jobs.resources,
    });
    tagOrigin(made, runner.origin);
  }
}
