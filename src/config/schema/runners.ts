import * as z from 'zod';
import { dnsLabel, egress, imageReference, keyUpTo, namedSecret, resources } from './common';

const pool = z.string().optional();

/** What both kinds of jobs may say. */
const jobParts = {
  pool: pool.describe('Node pool that jobs run on. Default: any pool without taints.'),
  serviceAccount: dnsLabel
    .optional()
    .describe('Name of the Kubernetes service account that jobs run as, which acts as a Google service account of its own.'),
  resources: resources.default({}).describe('Requests and limits of a job. Default: 500m and 1Gi.'),
  egress: egress.default([]).describe('Addresses beside the internet on port 443 that jobs may reach.'),
};

const gitlabUrl = z
  .string()
  .regex(/^https:\/\/[^\s/:@]+(:\d{1,5})?(\/\S*[^\s/])?$/, 'an address such as https://gitlab.com, without / at its end');

/** A GitLab Runner with the Kubernetes executor: each job of CI in a pod of its own. */
export const gitlabRunner = z.strictObject({
  namespace: dnsLabel.optional().describe('Namespace that it and its jobs run in. Default: the only one there is.'),
  url: gitlabUrl.default('https://gitlab.com').describe('Address of GitLab.'),
  token: namedSecret.describe(
    'Authentication token of the runner (glrt-…), which GitLab shows once when the runner is made there; its tags are set there as well.',
  ),
  image: imageReference
    .optional()
    .describe('Image of GitLab Runner, with a shell. Default: the public one.'),
  helperImage: imageReference
    .optional()
    .describe('Image that clones and keeps artifacts in the pods of jobs; of the same version. Default: the public one.'),
  serviceAccount: dnsLabel
    .optional()
    .describe('Name of the Kubernetes service account of the runner itself. Default: gitlab-runner-KEY.'),
  pool: pool.describe('Node pool of the runner itself. Default: any pool without taints.'),
  resources: resources.default({}).describe('Requests and limits of the runner itself. Default: 100m and 256Mi.'),
  concurrent: z.int().min(1).max(1000).default(10).describe('How many jobs run at a time.'),
  checkIntervalSeconds: z.int().min(1).max(3600).default(3).describe('How often GitLab is asked for jobs, in seconds.'),
  outputLimitKb: z.int().min(1).default(4096).describe('Longest log of a job, in kilobytes; the rest is cut off.'),
  pollTimeoutSeconds: z
    .int()
    .min(10)
    .default(180)
    .describe('How long the pod of a job may take to start, in seconds; nodes that are made first take some.'),
  drainSeconds: z
    .int()
    .min(30)
    .max(3600)
    .default(3600)
    .describe('How long a runner that is replaced waits for its jobs, in seconds.'),
  jobs: z
    .strictObject({
      image: imageReference
        .optional()
        .describe('Image of a job that names none: REGISTRY/NAME:TAG with a registry of this platform, or a full reference. Default: Ubuntu 24.04.'),
      ...jobParts,
    })
    .prefault({})
    .describe('The pods of jobs. They run as user 10001, and the images must be able to.'),
});
export type GitlabRunnerConfig = z.infer<typeof gitlabRunner>;

/** Runners of GitHub Actions by the custom resources of Actions Runner Controller: one pod for each job. */
export const githubRunner = z.strictObject({
  namespace: dnsLabel.optional().describe('Namespace that its jobs run in. Default: the only one there is.'),
  url: z
    .string()
    .regex(/^https:\/\/[^\s/@]+\/[^\s/]+(\/[^\s/]+)?$/, 'an organization or a repository, such as https://github.com/acme or https://github.com/acme/elt')
    .describe('The organization, the enterprise or the repository on GitHub. Changing this makes the runners anew.'),
  secret: keyUpTo(40).describe(
    'Secret that signs in to GitHub, by its name under secrets: with the keys github_app_id, github_app_installation_id and github_app_private_key of a GitHub App, or github_token. The controller reads it as a Kubernetes Secret, so secretDelivery must not be addon.',
  ),
  group: z.string().min(1).max(64).optional().describe('Group of runners on GitHub. Default: the default group.'),
  minRunners: z.int().min(0).max(1000).default(0).describe('Runners that wait for jobs.'),
  maxRunners: z.int().min(1).max(1000).default(5).describe('How many run at a time.'),
  controller: z
    .strictObject({
      version: z
        .string()
        .regex(/^\d+\.\d+\.\d+$/, 'a version such as 0.14.2')
        .default('0.14.2')
        .describe('Version of the controller in the cluster: it deletes what names another.'),
      namespace: dnsLabel.default('arc-systems').describe('Namespace that the controller runs in.'),
      serviceAccount: dnsLabel.default('arc-gha-rs-controller').describe('Kubernetes service account of the controller.'),
    })
    .prefault({})
    .describe('The controller, which is installed by hand once: docs/operators.md says how.'),
  jobs: z
    .strictObject({
      image: imageReference.optional().describe("Image with GitHub's runner. Default: the public one."),
      ...jobParts,
    })
    .prefault({})
    .describe('The pods of jobs.'),
});
export type GithubRunnerConfig = z.infer<typeof githubRunner>;
