import { attributeRule, said } from '../attributes';

export const gkeNodeLocation = attributeRule({
  id: 'TL-GKE-024',
  title: 'A cluster has no location',
  severity: 'error',
  why: 'The provider then takes one from the environment of whoever runs it',
  fix: 'set location',
  see: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/container_cluster#location',
  types: ['google_container_cluster'],
  expects: {
    location: said,
  },
});
