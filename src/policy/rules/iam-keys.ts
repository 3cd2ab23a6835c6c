import { notApplicable, type Rule } from '../types';

export const iamKeys: Rule = {
  id: 'TL-IAM-007',
  title: 'A service account has a key',
  severity: 'error',
  why: 'The key lies in the state, never ends, and works from anywhere',
  fix: 'use Workload Identity, or federation from outside of Google',
  see: 'https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys',
  checks: (resource) => {
    if (resource.kind !== 'terraform') return notApplicable;
    if (resource.type === 'google_service_account') return { outcome: 'compliant' };
    if (!['google_service_account_key', 'google_storage_hmac_key'].includes(resource.type))
      return notApplicable;
    const violation = { path: 'service_account_id', found: resource.type, wanted: 'no key' };
    return { outcome: 'non-compliant', violations: [violation] };
  },
};
