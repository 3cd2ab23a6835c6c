import { attributeRule, oneOf } from '../attributes';

export const gkeSecurityPosture = attributeRule({
  id: 'TL-GKE-011',
  title: 'The security posture is not watched',
  severity: 'error',
  why: 'Misconfigured workloads stay unseen',
  fix: 'set security_posture_config.mode to BASIC or ENTERPRISE',
  see: 'https://cloud.google.com/kubernetes-engine/docs/concepts/about-security-posture-dashboard',
  types: ['google_container_cluster'],
  expects: {
    'security_posture_config.mode': oneOf('BASIC', 'ENTERPRISE'),
    'security_posture_config.vulnerability_mode': oneOf(
      'VULNERABILITY_DISABLED',
      'VULNERABILITY_BASIC',
      'VULNERABILITY_ENTERPRISE',
    ),
  },
});
