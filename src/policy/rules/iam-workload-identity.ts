import { grantRule } from '../iam';

export const iamWorkloadIdentity = grantRule({
  id: 'TL-IAM-008',
  title: 'More than one Kubernetes service account may act as a service account',
  severity: 'error',
  why: 'A whole cluster, namespace or pool of identities then has the rights that one workload needs',
  fix: 'name one: serviceAccount:PROJECT.svc.id.goog[NAMESPACE/NAME]',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity',
  finds: ({ role, members, memberPath, rolePath, resource }) => {
    if (
      resource.type.startsWith('google_service_account_iam_') &&
      members.some((one) => one.includes('.svc.id.goog['))
    ) {
      if (role !== 'roles/iam.workloadIdentityUser') {
        return [{ path: rolePath, found: role, wanted: 'roles/iam.workloadIdentityUser' }];
      }
    }
    if (role !== 'roles/iam.workloadIdentityUser') return [];
    return members
      .filter(
        (member) =>
          !/^serviceAccount:[^[]+\.svc\.id\.goog\[[^/*\]]+\/[^/*\]]+\]$/.test(member) &&
          !/^principal:\/\/iam\.googleapis\.com\/.+\/subject\/.+$/.test(member) &&
          !/^principalSet:\/\/iam\.googleapis\.com\/.+\/(attribute\.[^/]+|group)\/[^*]+$/.test(member),
      )
      .map((member) => ({ path: memberPath, found: member, wanted: 'PROJECT.svc.id.goog[NAMESPACE/NAME]' }));
  },
});
