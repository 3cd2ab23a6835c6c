import { ProjectServices, ServiceAccount, WorkloadIdentityBinding } from '../../src/google';
import { project, resourceOf, synthesize } from './support';

describe('ProjectServices', () => {
  it('enables APIs, and leaves them enabled when they are removed', () => {
    const { resource } = synthesize(
      (stack) =>
        new ProjectServices(stack, 'services', {
          project,
          services: ['container.googleapis.com', 'sql-component.googleapis.com'],
        }),
    );
    expect(resource.google_project_service).toMatchObject({
      container: { service: 'container.googleapis.com', disable_on_destroy: false },
      'sql-component': { service: 'sql-component.googleapis.com', disable_on_destroy: false },
    });
  });

  it('fails to give an API that it does not enable', () => {
    expect(() =>
      synthesize((stack) => {
        const services = new ProjectServices(stack, 'services', {
          project,
          services: ['iam.googleapis.com'],
        });
        services.of('iam.googleapis.com', 'dns.googleapis.com');
      }),
    ).toThrow("got 'dns.googleapis.com', expected one of iam.googleapis.com; add it to services");
  });
});

describe('ServiceAccount', () => {
  it('has its roles only once it exists, each a grant of its own', () => {
    const { resource } = synthesize((stack) => {
      const account = new ServiceAccount(stack, 'meltano', {
        project,
        accountId: 'acme-meltano',
        projectRoles: ['roles/cloudsql.client', 'roles/cloudsql.instanceUser'],
      });
      expect(account.member).toBe('serviceAccount:acme-meltano@analysis-1.iam.gserviceaccount.com');
    });
    expect(resource.google_service_account?.meltano).toMatchObject({
      account_id: 'acme-meltano',
      display_name: 'acme-meltano',
    });
    expect(Object.keys(resource.google_project_iam_member ?? {})).toEqual([
      'meltano_cloudsql-client',
      'meltano_cloudsql-instanceUser',
    ]);
    expect(resource.google_project_iam_member?.['meltano_cloudsql-client']).toMatchObject({
      role: 'roles/cloudsql.client',
      member: 'serviceAccount:acme-meltano@analysis-1.iam.gserviceaccount.com',
      depends_on: ['google_service_account.meltano'],
    });
  });

  it('has no keys', () => {
    const { resource } = synthesize(
      (stack) => new ServiceAccount(stack, 'meltano', { project, accountId: 'acme-meltano' }),
    );
    expect(Object.keys(resource)).toEqual(['google_service_account']);
  });
});

describe('WorkloadIdentityBinding', () => {
  it('lets one Kubernetes service account of one namespace act as the Google one', () => {
    expect(
      resourceOf(
        'google_service_account_iam_member',
        'meltano',
        (stack) =>
          new WorkloadIdentityBinding(stack, 'meltano', {
            project,
            serviceAccountEmail: 'acme-meltano@analysis-1.iam.gserviceaccount.com',
            workloadPool: 'analysis-1.svc.id.goog',
            namespace: 'gitlab',
            kubernetesServiceAccount: 'k8s-sa',
          }),
      ),
    ).toMatchObject({
      service_account_id:
        'projects/analysis-1/serviceAccounts/acme-meltano@analysis-1.iam.gserviceaccount.com',
      role: 'roles/iam.workloadIdentityUser',
      member: 'serviceAccount:analysis-1.svc.id.goog[gitlab/k8s-sa]',
    });
  });
});
