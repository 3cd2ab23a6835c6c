import type { Advice } from './advice';

/** Records of DNS. */
export const dnsRecord: Advice = {
  types: /^google_dns_record_set$/,
  lost: 'In between the name leads nowhere, and resolvers remember that.',
};
