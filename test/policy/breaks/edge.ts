import { type Break, breaksOf, gone } from '../break';

/** How each rule on names, certificates and load balancers is broken, starting from the compliant fixture. */
export const edgeBreaks: readonly Break[] = [
  ...breaksOf('google_compute_security_policy.web', [
    ['rule.1.priority', 2147483646, ['TL-ARM-001', 'rule']],
  ]),
  ...breaksOf('google_compute_ssl_policy.modern', [
    ['min_tls_version', 'TLS_1_0', 'TL-TLS-001'],
    ['profile', 'COMPATIBLE', 'TL-TLS-001'],
  ]),
  ...breaksOf('google_dns_managed_zone.public', [
    ['dnssec_config.state', 'off', 'TL-DNS-001'],
    ['dnssec_config', gone, ['TL-DNS-001', 'dnssec_config.state']],
    ['force_destroy', true, 'TL-DNS-004'],
  ]),
  ...breaksOf('google_dns_record_set.public_web', [
    ['name', 'web.badexample.com.', 'TL-DNS-002'],
    ['name', 'web.example.com', 'TL-DNS-002'],
    ['rrdatas', ['34.120.1.2', '10.0.0.7'], 'TL-DNS-003'],
    ['managed_zone', 'inside', ['TL-DNS-002', 'name']],
  ]),
  ...breaksOf('google_dns_record_set.web_proof', [
    [
      'name',
      '${google_certificate_manager_dns_authorization.web2.dns_resource_record[0].name}',
      ['TL-CERT-003', 'domain'],
    ],
  ]),
  ...breaksOf('google_certificate_manager_certificate.web', [
    [
      'managed.domains',
      ['web.example.com', 'api.web.example.com'],
      ['TL-CERT-001', 'managed.dns_authorizations'],
      ['TL-CERT-002', 'hostname'],
    ],
    ['managed.dns_authorizations', [], 'TL-CERT-001'],
  ]),
  ...breaksOf('google_certificate_manager_certificate_map_entry.web', [
    ['hostname', 'api.example.com', 'TL-CERT-002'],
    ['hostname', 'a.b.web.example.com', 'TL-CERT-002'],
  ]),
];
