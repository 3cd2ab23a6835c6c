import { attributeRule, oneOf } from '../attributes';

export const gkeDeletionProtection = attributeRule({
  id: 'TL-GKE-016',
  title: 'Terraform may destroy the cluster',
  severity: 'warning',
  why: 'One wrong plan takes every workload away',
  fix: 'set deletion_protection to true',
  see: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/container_cluster#deletion_protection',
  types: ['google_container_cluster'],
  expects: {
    deletion_protection: oneOf(true),
  },
});
