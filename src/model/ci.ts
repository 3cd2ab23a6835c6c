import type { CiConfig } from '../config/schema/ci';
import { fit, limits } from './names';
import { addIdentity, compare, type Scope, sortedEntries } from './scope';
import type { ContinuousDeployment, IdentityProvider, ImageBuilder } from './types/access';
import type { Identity } from './types/identity';

/**
 * What deploying needs, by the API that is used: only what the platform has is granted. Nothing here may read data of
 * Cloud SQL or work inside a cluster.
 */
const rolesByApi: Readonly<Record<string, string>> = {
  'artifactregistry.googleapis.com': 'roles/artifactregistry.admin',
  'bigquery.googleapis.com': 'roles/bigquery.dataOwner',
  // Its editor makes certificates and cannot delete them.
  'certificatemanager.googleapis.com': 'roles/certificatemanager.owner',
  'cloudkms.googleapis.com': 'roles/cloudkms.admin',
  'container.googleapis.com': 'roles/container.clusterAdmin',
  'dns.googleapis.com': 'roles/dns.admin',
  'gkebackup.googleapis.com': 'roles/gkebackup.admin',
  'iap.googleapis.com': 'roles/iap.admin',
  'pubsub.googleapis.com': 'roles/pubsub.admin',
  'secretmanager.googleapis.com': 'roles/secretmanager.admin',
  'sqladmin.googleapis.com': 'roles/cloudsql.admin',
  'storage.googleapis.com': 'roles/storage.admin',
};

/** APIs, network, identities and grants, which every platform has. */
const always = [
  'roles/compute.networkAdmin',
  'roles/compute.securityAdmin',
  'roles/iam.serviceAccountAdmin',
  'roles/iam.workloadIdentityPoolAdmin',
  'roles/resourcemanager.projectIamAdmin',
  'roles/serviceusage.serviceUsageAdmin',
];

/** The identity that images are pushed as; undefined where no jobs of tags may push any. */
export function addImageBuilder(scope: Scope): Identity | undefined {
  if (scope.config.ci?.gitlab?.tags !== true) return undefined;
  return addIdentity(scope, {
    key: 'images',
    displayName: 'Images built by continuous integration',
    // It is let into the registries, and nowhere else.
    projectRoles: [],
    origin: imagesOrigin,
  });
}

const imagesOrigin = ['ci', 'gitlab', 'tags'];

/**
 * Pipelines elsewhere that deploy the platform: whose tokens are accepted, and what they may do.
 * @param apis the APIs that the platform itself needs
 */
export function resolveCi(scope: Scope, apis: readonly string[]): ContinuousDeployment | null {
  const { config, problems, prefix } = scope;
  if (config.ci === undefined) return null;
  const origin = ['ci'];
  const number = config.google.projectNumber;
  if (number === undefined) {
    problems.add({
      path: origin,
      at: 'key',
      message: 'whoever deploys from elsewhere is named by the number of the project, which is not given',
      allowed: 'google.projectNumber beside it',
      fix: `add projectNumber to google: gcloud projects describe ${config.google.project} --format='value(projectNumber)'`,
      dependsOn: [['google', 'projectNumber']],
    });
  }
  const { access, logging, monitoring } = config;
  const roles = [
    ...always,
    ...apis.flatMap((api) => rolesByApi[api] ?? []),
    ...(Object.keys(access.roles).length > 0 ? ['roles/iam.roleAdmin'] : []),
    ...([logging.sinks, logging.metrics, logging.exclusions].some((map) => Object.keys(map).length > 0)
      ? ['roles/logging.configWriter']
      : []),
    ...(monitoring === undefined ? [] : ['roles/monitoring.editor']),
  ];
  const nodeIdentities = [...scope.identities.keys()].filter((key) => key.startsWith('nodes-')).sort(compare);
  const identity = addIdentity(scope, {
    key: 'deploy',
    displayName: 'Deployments by continuous integration',
    projectRoles: [...new Set(roles)].sort(compare),
    origin,
  });
  // No pool's id may begin with gcp-, which a platform's name may.
  const poolId = fit(limits.workloadIdentityPool, 'ci', prefix);
  const pool = `principalSet://iam.googleapis.com/projects/${number ?? '0'}/locations/global/workloadIdentityPools/${poolId}`;
  return {
    poolId,
    identity: identity.key,
    nodeIdentities,
    providers: sortedEntries(config.ci).flatMap(([service]): IdentityProvider[] =>
      service === 'github' ? github(config.ci?.github, pool) : gitlab(config.ci?.gitlab, pool),
    ),
    images: imageBuilder(scope, pool),
    origin,
  };
}

function imageBuilder({ config, identities }: Scope, pool: string): ImageBuilder | null {
  const identity = identities.get('images');
  if (config.ci?.gitlab?.tags !== true || identity === undefined) return null;
  const member = `${pool}/${jobOf('tag', config.ci.gitlab.project)}`;
  return { identity: identity.key, provider: 'gitlab', member, origin: imagesOrigin };
}

/** Where tags are admitted, a token says of itself what it is for: one of a tag is none that may deploy. */
function jobOf(kind: 'branch' | 'tag', project: string): string {
  return `attribute.job/${kind}:${project}`;
}

function github(settings: CiConfig['github'], pool: string): IdentityProvider[] {
  if (settings === undefined) return [];
  const { repository, repositoryId, environments = [] } = settings;
  const branches = settings.branches ?? (environments.length > 0 ? [] : ['main']);
  const sources = [
    ...(branches.length > 0
      ? [`assertion.ref in ${list(branches.map((name) => `refs/heads/${name}`))}`]
      : []),
    ...(environments.length > 0
      ? [`(has(assertion.environment) && assertion.environment in ${list(environments)})`]
      : []),
  ];
  const condition = [
    `assertion.repository == ${text(repository)}`,
    ...(repositoryId === undefined ? [] : [`assertion.repository_id == ${text(repositoryId)}`]),
    // Such a run has the rights of the branch that a request is made to, and may run what the request brings.
    `assertion.event_name != ${text('pull_request_target')}`,
    sources.length === 1 ? sources[0] : `(${sources.join(' || ')})`,
  ].join(' && ');
  return [
    {
      key: 'github',
      providerId: 'github',
      displayName: 'GitHub Actions',
      issuer: 'https://token.actions.githubusercontent.com',
      attributeMapping: {
        'google.subject': 'assertion.sub',
        'attribute.repository': 'assertion.repository',
      },
      attributeCondition: condition,
      member: `${pool}/attribute.repository/${repository}`,
      origin: ['ci', 'github'],
    },
  ];
}

function gitlab(settings: CiConfig['gitlab'], pool: string): IdentityProvider[] {
  if (settings === undefined) return [];
  const { project, host, branches, tags } = settings;
  const ofBranch = [`assertion.ref_type == ${text('branch')}`, `assertion.ref in ${list(branches)}`];
  const condition = [
    `assertion.project_path == ${text(project)}`,
    `assertion.ref_protected == ${text('true')}`,
    ...(tags ? [`(assertion.ref_type == ${text('tag')} || (${ofBranch.join(' && ')}))`] : ofBranch),
  ].join(' && ');
  return [
    {
      key: 'gitlab',
      providerId: 'gitlab',
      displayName: 'GitLab CI',
      issuer: `https://${host}`,
      attributeMapping: {
        'google.subject': 'assertion.sub',
        'attribute.project_path': 'assertion.project_path',
        ...(tags ? { 'attribute.job': `assertion.ref_type + ":" + assertion.project_path` } : {}),
      },
      attributeCondition: condition,
      member: `${pool}/${tags ? jobOf('branch', project) : `attribute.project_path/${project}`}`,
      origin: ['ci', 'gitlab'],
    },
  ];
}

function text(value: string): string {
  return JSON.stringify(value);
}

function list(values: readonly string[]): string {
  return `[${[...new Set(values)].sort(compare).map(text).join(', ')}]`;
}
