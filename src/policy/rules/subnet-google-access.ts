import { attributeRule, oneOf } from '../attributes';
import { isWorkloadSubnet } from '../conditions';

export const subnetGoogleAccess = attributeRule({
  id: 'TL-NET-004',
  title: 'Private nodes cannot reach Google',
  severity: 'error',
  why: 'Without it, they need public addresses to pull an image',
  fix: 'set private_ip_google_access to true',
  see: 'https://cloud.google.com/vpc/docs/private-google-access',
  types: ['google_compute_subnetwork'],
  when: isWorkloadSubnet,
  expects: {
    private_ip_google_access: oneOf(true),
  },
});
