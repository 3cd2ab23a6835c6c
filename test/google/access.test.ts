import { CustomRole, ProjectMember, ServiceAccountMember, WorkloadIdentityPool } from '../../src/google';
import { project, resourceOf, synthesize } from './support';

const provider = {
  providerId: 'github',
  displayName: 'GitHub Actions',
  issuer: 'https://token.actions.githubusercontent.com',
  attributeMapping: { 'google.subject': 'assertion.sub' },
  attributeCondition: 'assertion.repository == "acme/platform"',
};

it('grants one role to one member and leaves those of others alone', () => {
  const { resource } = synthesize(
    (stack) =>
      new ProjectMember(stack, 'team', {
        project,
        member: 'group:a@example.com',
        role: 'roles/logging.viewer',
      }),
  );
  expect(Object.keys(resource)).toEqual(['google_project_iam_member']);
  expect(resource.google_project_iam_member?.team).toMatchObject({
    member: 'group:a@example.com',
    role: 'roles/logging.viewer',
  });
});

it('makes a custom role of permissions', () => {
  expect(
    resourceOf(
      'google_project_iam_custom_role',
      'tunnel',
      (stack) =>
        new CustomRole(stack, 'tunnel', {
          project,
          roleId: 'acme_tunnel',
          title: 'Tunnel',
          permissions: ['cloudsql.instances.connect'],
        }),
    ),
  ).toMatchObject({ role_id: 'acme_tunnel', permissions: ['cloudsql.instances.connect'] });
});

it('lets somebody act as a service account by its full name', () => {
  expect(
    resourceOf(
      'google_service_account_iam_member',
      'deploy',
      (stack) =>
        new ServiceAccountMember(stack, 'deploy', {
          project,
          serviceAccountEmail: 'deploy@analysis-1.iam.gserviceaccount.com',
          role: 'roles/iam.workloadIdentityUser',
          member: 'group:a@example.com',
        }),
    ),
  ).toMatchObject({
    service_account_id: 'projects/analysis-1/serviceAccounts/deploy@analysis-1.iam.gserviceaccount.com',
  });
});

describe('a workload identity pool', () => {
  const pool = (condition: string) =>
    synthesize(
      (stack) =>
        new WorkloadIdentityPool(stack, 'ci', {
          project,
          poolId: 'ci-acme',
          displayName: 'CI',
          providers: { github: { ...provider, attributeCondition: condition } },
        }),
    );

  it('accepts only tokens that fulfil the condition', () => {
    expect(
      pool(provider.attributeCondition).resource.google_iam_workload_identity_pool_provider?.ci_github,
    ).toMatchObject({
      attribute_condition: 'assertion.repository == "acme/platform"',
      oidc: { issuer_uri: 'https://token.actions.githubusercontent.com' },
      workload_identity_pool_id: '${google_iam_workload_identity_pool.ci.workload_identity_pool_id}',
    });
  });

  it('fails without a condition, which would accept the jobs of everybody', () => {
    expect(() => pool(' ')).toThrow('providers.github.attributeCondition: got nothing');
  });
});
