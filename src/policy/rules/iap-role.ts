import { grantRule } from '../iam';

const passing = 'roles/iap.httpsResourceAccessor';

export const iapRole = grantRule({
  id: 'TL-IAP-001',
  title: 'Somebody may change who passes the proxy',
  severity: 'error',
  why: 'A web interface needs visitors, and whoever administers the proxy lets in whom he likes',
  fix: `grant ${passing} only`,
  see: 'https://cloud.google.com/iap/docs/managing-access',
  finds: ({ resource, role, rolePath }) =>
    resource.type.startsWith('google_iap_') && role !== passing && role !== 'roles/iap.tunnelResourceAccessor'
      ? [{ path: rolePath, found: role, wanted: passing }]
      : [],
});
