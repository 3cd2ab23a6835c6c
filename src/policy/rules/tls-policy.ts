import { attributeRule, oneOf } from '../attributes';

export const tlsPolicy = attributeRule({
  id: 'TL-TLS-001',
  title: 'A load balancer takes old versions of TLS',
  severity: 'error',
  why: 'They can be broken',
  fix: 'set min_tls_version to TLS_1_2 or later, and a profile other than COMPATIBLE',
  see: 'https://cloud.google.com/load-balancing/docs/ssl-policies-concepts',
  types: ['google_compute_ssl_policy', 'google_compute_region_ssl_policy'],
  expects: {
    min_tls_version: oneOf('TLS_1_2', 'TLS_1_3'),
    profile: oneOf('MODERN', 'RESTRICTED', 'CUSTOM', 'FIPS_202205'),
  },
});
