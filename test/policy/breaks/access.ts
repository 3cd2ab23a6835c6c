import { type Break, breaksOf, gone } from '../break';

/** How each rule on who may do what is broken, starting from the compliant fixture. */
export const accessBreaks: readonly Break[] = [
  ...breaksOf('google_project_service.container', [['disable_on_destroy', true, 'TL-API-001']]),
  ...breaksOf('google_project_iam_member.cloudsql-client', [
    ['role', 'roles/editor', 'TL-IAM-001'],
    ['role', 'roles/secretmanager.secretAccessor', 'TL-IAM-004'],
    ['role', 'roles/iam.serviceAccountTokenCreator', 'TL-IAM-004'],
    ['role', 'cloudsql.client', 'TL-IAM-005'],
    ['member', 'allUsers', 'TL-IAM-002'],
    ['member', 'domain:example.com', 'TL-IAM-003'],
    ['member', 'projectEditor:acme-data', 'TL-IAM-003'],
    ['member', 'serviceAccount:1-compute@developer.gserviceaccount.com', 'TL-IAM-003'],
    [
      'member',
      'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/other/*',
      'TL-IAM-003',
    ],
    ['member', 'airflow@example.com', 'TL-IAM-003'],
  ]),
  ...breaksOf('google_storage_bucket_iam_member.airflow-main', [
    ['member', 'allUsers', 'TL-IAM-002'],
    ['member', 'allAuthenticatedUsers', 'TL-IAM-002'],
    ['member', 'domain:example.com', 'TL-IAM-003'],
    ['role', 'roles/storage.objectViewer ', 'TL-IAM-005'],
  ]),
  ...breaksOf('google_service_account_iam_member.airflow-main', [
    [
      'member',
      'serviceAccount:acme-data.svc.id.goog[orchestration/*]',
      'TL-IAM-008',
      ['TL-SA-002', 'metadata.annotations["iam.gke.io/gcp-service-account"]'],
    ],
    [
      'member',
      'group:everybody@example.com',
      'TL-IAM-008',
      ['TL-SA-002', 'metadata.annotations["iam.gke.io/gcp-service-account"]'],
    ],
    [
      'role',
      'roles/iam.serviceAccountTokenCreator',
      'TL-IAM-008',
      ['TL-SA-002', 'metadata.annotations["iam.gke.io/gcp-service-account"]'],
    ],
  ]),
  ...breaksOf('google_service_account_iam_member.deploy', [
    [
      'member',
      'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/*',
      'TL-IAM-003',
      'TL-IAM-008',
    ],
    [
      'member',
      'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/attribute.actor/me',
      'TL-IAM-012',
    ],
  ]),
  ...breaksOf('google_iam_workload_identity_pool_provider.github', [
    ['attribute_condition', gone, 'TL-IAM-009'],
    ['attribute_condition', 'true', 'TL-IAM-009'],
    ['attribute_condition', "'a' == 'a'", 'TL-IAM-009'],
    ['attribute_condition', "assertion.repository != 'acme/platform'", 'TL-IAM-009'],
    ['attribute_condition', "assertion.repository_owner == 'acme' || assertion.actor == 'me'", 'TL-IAM-009'],
    [
      'attribute_mapping',
      { 'attribute.repository': 'assertion.repository' },
      ['TL-IAM-011', 'attribute_mapping["google.subject"]'],
    ],
    ['attribute_mapping', { 'google.subject': 'assertion.sub' }, ['TL-IAM-012', 'member']],
    ['oidc.issuer_uri', 'http://token.actions.githubusercontent.com', 'TL-IAM-011'],
  ]),
  ...breaksOf('google_project_iam_custom_role.reader', [
    ['permissions', ['storage.objects.get', 'iam.serviceAccounts.actAs'], 'TL-IAM-010'],
    ['permissions', ['resourcemanager.projects.setIamPolicy'], 'TL-IAM-010'],
  ]),
  ...breaksOf('google_iap_web_iam_member.team', [
    ['role', 'roles/iap.admin', 'TL-IAP-001'],
    ['member', 'allAuthenticatedUsers', 'TL-IAM-002'],
    [
      'member',
      'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/other/attribute.a/b',
      'TL-IAP-002',
    ],
  ]),
];
